import { makeProduct } from '../../factories/products';
import { useShop } from '../../support/use-shop';

const { shop, admin } = useShop({ admin: 'admin' });

const send = (method: 'post' | 'patch' | 'put' | 'delete', path: string, body?: object) =>
  shop.call(method, path, { token: admin.token, body });
const taken = ({ status, body }: { status: number; body: { code: string; errors: { pointer: string }[] } }) => [
  status,
  body.code,
  body.errors.map(({ pointer }) => pointer),
];
const products = () => shop.query('SELECT slug, sku, version, deleted_at FROM products ORDER BY id');

test('names every value that is taken, at creation, by a change and by a restoration, and changes nothing', async () => {
  await makeProduct(shop, admin, { slug: 'first', sku: 'FIRST' });
  const second = await makeProduct(shop, admin, { slug: 'second', sku: 'SECOND' });
  const third = await makeProduct(shop, admin, { slug: 'third', sku: 'THIRD' });
  await send('delete', `/v1/products/${third}`);
  await makeProduct(shop, admin, { slug: 'third', sku: 'THIRD' });
  const before = await products();
  const both = [409, 'value_taken', ['/slug', '/sku']];
  const body = { name: 'Twin', slug: 'first', sku: 'FIRST', price: '1.00' };
  expect(taken(await send('post', '/v1/products', body))).toEqual(both);
  expect(taken(await send('post', '/v1/products', { ...body, sku: 'NEW' }))).toEqual([409, 'value_taken', ['/slug']]);
  expect(taken(await send('put', `/v1/products/${second}`, body))).toEqual(both);
  expect(taken(await send('patch', `/v1/products/${second}`, { slug: 'first', sku: 'FIRST' }))).toEqual(both);
  expect(taken(await send('patch', `/v1/products/${second}`, { sku: 'FIRST' }))).toEqual([409, 'value_taken', ['/sku']]);
  expect(taken(await send('post', `/v1/products/${third}/restore`))).toEqual(both);
  expect(await products()).toEqual(before);
});

test('lets an object keep its own values', async () => {
  const id = await makeProduct(shop, admin, { slug: 'own', sku: 'OWN' });
  expect((await send('patch', `/v1/products/${id}`, { slug: 'own', sku: 'OWN', brand: 'Ours' })).body).toMatchObject({ brand: 'Ours' });
});

test('names both the email and the username of a registration that are taken, whatever their case', async () => {
  const person = { email: 'ana@example.com', username: 'ana', password: 'correct horse battery', firstName: 'Ana', lastName: 'T' };
  expect((await send('post', '/v1/auth/register', person)).status).toBe(201);
  const again = await send('post', '/v1/auth/register', { ...person, email: 'ANA@example.com', username: 'Ana' });
  expect(taken(again)).toEqual([409, 'value_taken', ['/email', '/username']]);
  expect(await shop.query("SELECT count(*)::int AS people FROM users WHERE lower(username) = 'ana'")).toEqual([{ people: 1 }]);
});

test('refuses to restore below a deleted parent, and says which to restore first', async () => {
  const category = (await send('post', '/v1/categories', { name: 'Above' })).body.id;
  const below = (await send('post', '/v1/categories', { name: 'Below', parentId: category })).body.id;
  const productId = await makeProduct(shop, admin, { categoryId: below });
  const image = (await send('post', '/v1/images', { productId, url: 'https://example.org/1.jpg' })).body.id;
  const inOrder = [`/v1/images/${image}`, `/v1/products/${productId}`, `/v1/categories/${below}`, `/v1/categories/${category}`];
  for (const path of inOrder) expect((await send('delete', path)).status).toBe(204);
  for (const [at, path] of inOrder.slice(0, 3).entries()) {
    const refused = await send('post', `${path}/restore`);
    expect(refused.body).toMatchObject({
      status: 409,
      code: 'parent_deleted',
      detail: expect.stringContaining(`POST ${inOrder[at + 1]}/restore`),
    });
    expect((await shop.call('get', path, { token: admin.token })).status).toBe(404);
  }
  for (const path of inOrder.toReversed()) expect((await send('post', `${path}/restore`)).status).toBe(200);
});

test('says that the plus of a time was not encoded, in a query and in a body', async () => {
  const { body } = await shop.call('get', '/v1/products?createdAt[gte]=2026-01-01T00:00:00+01:00');
  expect(body).toMatchObject({
    status: 400,
    errors: [{ pointer: 'createdAt[gte]', code: 'wrong_format', message: expect.stringContaining('%2B') }],
  });
  expect(body.errors).toHaveLength(1);
  expect((await shop.call('get', '/v1/products?createdAt[gte]=2026-01-01T00:00:00%2B01:00')).status).toBe(200);
  const expiry = await send('post', `/v1/users/${admin.id}/roles`, { role: 'support', expiresAt: '2030-01-01T00:00:00 01:00' });
  expect(expiry.body).toMatchObject({ status: 422, errors: [{ pointer: '/expiresAt', code: 'wrong_format' }] });
});
