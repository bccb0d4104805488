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
