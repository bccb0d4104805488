import splitBrands from '../../../migrations/20261129030700-split-brands-from-names';
import { makeProduct } from '../../factories/products';
import { useShop } from '../../support/use-shop';

const { shop, manager } = useShop({ manager: 'admin' });

const MISSING = '01890a5d-ac96-774b-bcce-b302099a8057';

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
