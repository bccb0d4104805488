import splitBrands from '../../../migrations/20261129030700-split-brands-from-names';
import { makeMedium } from '../../factories/media';
import { makeProduct } from '../../factories/products';
import { useShop } from '../../support/use-shop';

const BASE = 'https://cdn.example/shop';
const { shop, manager } = useShop({ manager: 'admin' }, { MEDIA_BASE_URL: BASE });

const MISSING = '01890a5d-ac96-774b-bcce-b302099a8057';

const addImage = (values: object) => shop.call('post', '/v1/images', { token: manager.token, body: values });
const makeImage = (productId: string) =>
  shop.call('post', '/v1/images', { token: manager.token, body: { productId, url: 'https://cdn.example/a.webp' } });

test('adds a tag to a product once, and removes it once', async () => {
  const id = await makeProduct(shop, manager);
  const { body: tag } = await shop.call('post', '/v1/tags', { token: manager.token, body: { name: 'Organic' } });
  const call = (method: 'put' | 'delete', tagId: string) => shop.call(method, `/v1/products/${id}/tags/${tagId}`, { token: manager.token });
  const tagsOf = async () => (await shop.call('get', `/v1/products/${id}?include=tags`)).body.tags;
  expect((await call('put', tag.id)).status).toBe(204);
  expect((await call('put', tag.id)).status).toBe(204);
  expect((await call('put', MISSING)).status).toBe(404);
  expect(await tagsOf()).toMatchObject([{ slug: 'organic' }]);
  expect((await shop.call('get', '/v1/products?tag=organic')).body.data).toMatchObject([{ id }]);
  expect((await call('delete', tag.id)).status).toBe(204);
  expect((await call('delete', tag.id)).status).toBe(404);
  expect(await tagsOf()).toEqual([]);
});

test('lists the images of a product, and hides those of a draft from customers', async () => {
  const id = await makeProduct(shop, manager);
  const draft = await makeProduct(shop, manager, { status: 'draft' });
  for (const productId of [id, draft]) expect((await makeImage(productId)).status).toBe(201);
  expect((await shop.call('get', `/v1/products/${id}/images`)).body.data).toMatchObject([{ productId: id }]);
  expect((await shop.call('get', `/v1/products/${draft}/images`)).status).toBe(404);
  expect((await shop.call('get', `/v1/images?productId=${draft}`)).body.data).toEqual([]);
  expect((await shop.call('get', `/v1/products/${draft}/images`, { token: manager.token })).body.data).toHaveLength(1);
});

test('refuses an image of a deleted product and stores none', async () => {
  const id = await makeProduct(shop, manager);
  await shop.call('delete', `/v1/products/${id}`, { token: manager.token });
  expect((await makeImage(id)).body).toMatchObject({ status: 422, errors: [{ pointer: '/productId', code: 'unknown_reference' }] });
  expect(await shop.query('SELECT FROM product_images WHERE product_id = $1::uuid', [id])).toEqual([]);
});

const GTIN = '4006381333931';
const make = (body: object) => shop.call('post', '/v1/products', { token: manager.token, body: { price: '1.00', ...body } });

test('keeps a GTIN in 14 digits, finds it by any form, and gives it to one live product', async () => {
  const first = await make({ name: 'Pen', sku: 'PEN-1', gtin: GTIN });
  expect(first.body).toMatchObject({ gtin: `0${GTIN}` });
  const { body } = await shop.call('get', `/v1/products?gtin=${GTIN}`, { token: manager.token });
  expect(body.data).toMatchObject([{ sku: 'PEN-1' }]);
  const second = await make({ name: 'Pen', sku: 'PEN-2', gtin: `0${GTIN}` });
  expect(second.body).toMatchObject({ status: 409, code: 'value_taken', errors: [{ pointer: '/gtin', code: 'taken' }] });
  await shop.call('delete', `/v1/products/${first.body.id}`, { token: manager.token });
  expect((await make({ name: 'Pen', sku: 'PEN-2', gtin: GTIN })).status).toBe(201);
  const restored = await shop.call('post', `/v1/products/${first.body.id}/restore`, { token: manager.token });
  expect(restored.body).toMatchObject({ status: 409, errors: [{ pointer: '/slug' }, { pointer: '/gtin' }] });
});

test.each(['4006381333932', '400638133393', '40063813339310', '00000000', '12345', 'A006381333931'])(
  'refuses %p as a GTIN, by raw SQL, too, and makes no product',
  async (gtin) => {
    expect((await make({ name: 'Pen', sku: 'PEN-9', gtin })).body).toMatchObject({
      status: 422,
      errors: [{ pointer: '/gtin', code: 'wrong_format' }],
    });
    const insert = `INSERT INTO products (id, name, slug, sku, price, gtin) VALUES (uuid_v7(), 'Pen', 'pen-9', 'PEN-9', 1, $1)`;
    await expect(shop.query(insert, [gtin.padStart(14, '0')])).rejects.toMatchObject({ original: { code: '23514' } });
    expect(await shop.query(`SELECT FROM products WHERE sku = 'PEN-9'`)).toEqual([]);
  },
);

test('splits a name where another product has the brand, keeps the name, and takes back what nobody changed since', async () => {
  await makeProduct(shop, manager, { name: 'Anything', brand: 'Acme' });
  await makeProduct(shop, manager, { name: 'Anything else', brand: 'Acme Home' });
  const names = ['Acme Kettle 3000', 'Acme Home Lamp', 'Acme', 'Acmeology of Tea', 'Unknown Kettle', 'acme kettle', 'Acme Clock'];
  const ids = await Promise.all(names.map((name) => makeProduct(shop, manager, { name })));
  const named = await makeProduct(shop, manager, { name: 'Acme Mug', model: 'M-1' });
  const queryInterface = shop.owner.getQueryInterface();
  const shown = async () => Promise.all([...ids, named].map(async (id) => (await shop.call('get', `/v1/products/${id}`)).body));
  const split = async () => (await shown()).map(({ brand, model }) => [brand, model]);
  const before = await split();
  await splitBrands.up(queryInterface);
  await splitBrands.up(queryInterface);
  const none = [null, null];
  const after = [['Acme', 'Kettle 3000'], ['Acme Home', 'Lamp'], none, none, none, none, ['Acme', 'Clock'], [null, 'M-1']];
  expect(await split()).toEqual(after);
  expect((await shown()).map(({ name, version }) => [name, version])).toEqual(
    [...names, 'Acme Mug'].map((name, index) => [name, after[index]?.[0] ? 2 : 1]),
  );
  const records = await shop.query("SELECT FROM audit_logs WHERE reason LIKE 'The name began with a known brand%'");
  expect(records).toHaveLength(3);
  await shop.call('patch', `/v1/products/${ids[6]}`, { token: manager.token, body: { model: 'C-7' } });
  await splitBrands.down(queryInterface);
  expect(await split()).toEqual(before.map((pair, index) => (index === 6 ? ['Acme', 'C-7'] : pair)));
});

describe('images of products and groups', () => {
  test('show a medium by its path and widths, and take it back as they showed it', async () => {
    const medium = await makeMedium(shop, manager);
    const productId = await makeProduct(shop, manager);
    const { body: image } = await addImage({ productId, mediaId: medium.id });
    expect(image).toMatchObject({ mediaId: medium.id, url: medium.variants.at(-1).url, variants: medium.variants, groupId: null });
    expect(image.url).toBe(`${BASE}/media/${medium.sha256}/${medium.width}.webp`);
    const sent = { productId, mediaId: medium.id, url: image.url, altText: 'A box' };
    const put = await shop.call('put', `/v1/images/${image.id}`, { token: manager.token, body: sent });
    expect(put.body).toMatchObject({ ...sent, variants: medium.variants });
    const shown = (await shop.call('get', `/v1/products/${productId}?include=images`)).body.images;
    expect(shown).toEqual([put.body]);
    const patched = await shop.call('patch', `/v1/images/${image.id}`, {
      token: manager.token,
      body: { url: 'https://cdn.example/b.webp' },
    });
    expect(patched.body).toMatchObject({ mediaId: null, url: 'https://cdn.example/b.webp', variants: [] });
  });

  test.each([
    ['a URL and a medium', { url: 'https://cdn.example/a.webp', mediaId: 'medium', productId: 'product' }, ['/url', '/mediaId']],
    ['neither', { productId: 'product' }, ['/url', '/mediaId']],
    ['an unknown medium', { mediaId: '01890a5d-ac96-774b-bcce-b302099a8057', productId: 'product' }, ['/mediaId']],
    ['the path of another medium', { url: `/media/${'0'.repeat(64)}/160.webp`, productId: 'product' }, ['/url']],
    ['the URL of another medium', { url: `${BASE}/media/${'0'.repeat(64)}/160.webp`, productId: 'product' }, ['/url']],
    ['no owner', { mediaId: 'medium' }, ['/productId', '/groupId']],
    ['two owners', { mediaId: 'medium', productId: 'product', groupId: 'group' }, ['/productId', '/groupId']],
  ])('refuse %s', async (_what, given: Record<string, string>, pointers) => {
    const { body: group } = await shop.call('post', '/v1/product-groups', { token: manager.token, body: { name: 'Shirt' } });
    const ids = { medium: (await makeMedium(shop, manager)).id, product: await makeProduct(shop, manager), group: group.id };
    const values = Object.fromEntries(Object.entries(given).map(([name, value]) => [name, ids[value as keyof typeof ids] ?? value]));
    const { body } = await addImage(values);
    expect(body).toMatchObject({ status: 422, code: 'invalid_body' });
    expect(body.errors.map(({ pointer }: { pointer: string }) => pointer)).toEqual(pointers);
    expect(await shop.query('SELECT FROM product_images WHERE product_id = $1::uuid', [ids.product])).toEqual([]);
  });

  test('go with their group when that is purged, and refuse what psql may not store either', async () => {
    const { body: group } = await shop.call('post', '/v1/product-groups', { token: manager.token, body: { name: 'Coat' } });
    const { body: image } = await addImage({ groupId: group.id, url: 'https://cdn.example/a.webp' });
    const read = await shop.call('get', `/v1/product-groups/${group.id}/images`, { token: manager.token });
    expect(read.body.data).toEqual([image]);
    for (const change of ['url = NULL', 'group_id = NULL']) {
      await expect(shop.query(`UPDATE product_images SET ${change} WHERE id = $1::uuid`, [image.id])).rejects.toThrow('_check');
    }
    await shop.call('delete', `/v1/product-groups/${group.id}?force=true`, { token: manager.token });
    expect(await shop.query('SELECT FROM product_images WHERE id = $1::uuid', [image.id])).toEqual([]);
  });

  test('stand in the order that one call sets, whoever else sets one; a list that is not theirs changes nothing', async () => {
    const productId = await makeProduct(shop, manager);
    const add = async () => (await addImage({ productId, url: 'https://cdn.example/a.webp' })).body.id as string;
    const ids = [await add(), await add(), await add(), await add()];
    const order = (imageIds: readonly string[]) =>
      shop.call('put', `/v1/products/${productId}/images/order`, { token: manager.token, body: { imageIds } });
    const shown = async (): Promise<string[]> =>
      (await shop.call('get', `/v1/products/${productId}?include=images`)).body.images.map(({ id }: { id: string }) => id);
    const orders = [ids.toReversed(), [ids[2], ids[0], ids[3], ids[1]] as string[]];
    const replies = await Promise.all([...orders, ...orders].map(order));
    expect(replies.map(({ status }) => status)).toEqual([204, 204, 204, 204]);
    const settled = await shown();
    expect(orders).toContainEqual(settled);
    for (const wrong of [ids.slice(1), [...ids.slice(1), '01890a5d-ac96-774b-bcce-b302099a8057']]) {
      expect((await order(wrong)).body).toMatchObject({ status: 409, code: 'images_changed' });
    }
    expect((await order([...ids.slice(1), ids[1] as string])).status).toBe(422);
    expect(await shown()).toEqual(settled);
  });

  test('come last when they are added, alone, in a bulk or by raw SQL, and keep their place when they are replaced', async () => {
    const productId = await makeProduct(shop, manager);
    const url = 'https://cdn.example/a.webp';
    const [first, second] = [(await addImage({ productId, url })).body, (await addImage({ productId, url })).body];
    expect([first.displayOrder, second.displayOrder]).toEqual([0, 1]);
    const { token } = manager;
    await shop.call('put', `/v1/products/${productId}/images/order`, { token, body: { imageIds: [second.id, first.id] } });
    const operations = ['third', 'fourth'].map((altText) => ({ op: 'create', data: { productId, url, altText } }));
    expect((await shop.call('post', '/v1/images/bulk', { token, body: { operations } })).status).toBe(200);
    await shop.query(`INSERT INTO product_images (id, product_id, url, alt_text) VALUES (uuid_v7(), $1::uuid, $2, 'fifth')`, [
      productId,
      url,
    ]);
    const replaced = await shop.call('put', `/v1/images/${first.id}`, { token, body: { productId, url, altText: 'second' } });
    expect(replaced.body.displayOrder).toBe(1);
    const { images } = (await shop.call('get', `/v1/products/${productId}?include=images`)).body;
    expect(images.map(({ altText }: { altText: string | null }) => altText)).toEqual([null, 'second', 'third', 'fourth', 'fifth']);
    expect((await addImage({ productId, url, displayOrder: 2_147_483_647 })).status).toBe(201);
    expect((await addImage({ productId, url })).status).toBe(201);
  });
});
