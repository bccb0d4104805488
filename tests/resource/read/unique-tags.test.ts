import { makeProduct } from '../../factories/products';
import { useShop } from '../../support/use-shop';

/* What a URL showed has an ETag that nothing else ever has under that URL: not a successor under the slug, nor under the id. */
const { shop, admin, colleague } = useShop({ admin: 'admin', colleague: 'admin' });

const ID = '01890a5d-ac96-774b-bcce-b302099a8057';
const write = (method: 'post' | 'put' | 'patch' | 'delete', path: string, body?: object, headers = {}) =>
  shop.call(method, path, { token: admin.token, body, headers });
const read = (path: string, tag?: string) => shop.call('get', path, { headers: tag === undefined ? {} : { 'If-None-Match': tag } });
const tagOf = async (path: string) => String((await read(path)).headers.etag);
const namesOf = (ids: readonly string[]) =>
  shop.query('SELECT name, version FROM products WHERE id = ANY ($1::uuid[]) ORDER BY name', [ids]);

test('answers no 304 under a slug that another product has taken over, and refuses a write on either by the old ETag', async () => {
  const path = '/v1/products/slug:chai';
  const [first, second] = [
    await makeProduct(shop, admin, { slug: 'chai', name: 'First' }),
    await makeProduct(shop, admin, { name: 'Second' }),
  ];
  const tag = await tagOf(path);
  expect((await read(path, tag)).status).toBe(304);
  await write('delete', `/v1/products/${first}`);
  await write('patch', `/v1/products/${second}`, { slug: 'chai' });
  await write('patch', `/v1/products/${second}`, { slug: 'chai-2' });
  const third = await makeProduct(shop, admin, { slug: 'chai', name: 'Third' });
  const successor = await read(path, tag);
  expect([successor.status, successor.body.id, successor.body.version]).toEqual([200, third, 1]);
  const before = await namesOf([second, third]);
  for (const id of [second, third]) {
    const refused = await write('patch', `/v1/products/${id}`, { name: 'Written' }, { 'If-Match': tag });
    expect(refused.body).toMatchObject({ status: 412, code: 'precondition_failed' });
  }
  expect(await namesOf([second, third])).toEqual(before);
});

test('answers no 304 for a product that was purged and made again under its id, and refuses a write by the old ETag', async () => {
  const body = { name: 'Tea', sku: 'AGAIN', price: '1.00', status: 'active' };
  const made = await write('put', `/v1/products/${ID}`, body);
  const tag = String(made.headers.etag);
  await write('delete', `/v1/products/${ID}?force=true`);
  const again = await write('put', `/v1/products/${ID}`, { ...body, price: '2.00' });
  expect([made.status, again.status, made.body.version, again.body.version]).toEqual([201, 201, 1, 1]);
  expect((await read(`/v1/products/${ID}`, tag)).body).toMatchObject({ price: '2.00' });
  for (const method of ['put', 'patch', 'delete'] as const) {
    const change = method === 'delete' ? undefined : { ...body, name: 'Written' };
    expect((await write(method, `/v1/products/${ID}`, change, { 'If-Match': tag })).body.code).toBe('precondition_failed');
  }
  expect(await namesOf([ID])).toEqual([{ name: 'Tea', version: 1 }]);
  expect((await read(`/v1/products/${ID}`, String(again.headers.etag))).status).toBe(304);
});

test('answers no 304 where a related row was purged and made again under its id', async () => {
  const productId = await makeProduct(shop, admin);
  const path = `/v1/products/${productId}?include=images`;
  await write('put', `/v1/images/${ID}`, { productId, url: 'https://example.org/1.jpg' });
  const tag = await tagOf(path);
  expect((await read(path, tag)).status).toBe(304);
  await write('delete', `/v1/images/${ID}?force=true`);
  await write('put', `/v1/images/${ID}`, { productId, url: 'https://example.org/2.jpg' });
  const changed = await read(path, tag);
  expect([changed.status, changed.body.images[0].url, changed.body.images[0].version]).toEqual([200, 'https://example.org/2.jpg', 1]);
});

test('answers creation, replacement, change and read with one and the same ETag, also that of an order', async () => {
  const made = await write('post', '/v1/tags', { name: 'Green' });
  expect(await tagOf(made.headers.location as string)).toBe(made.headers.etag);
  const patched = await write('patch', String(made.headers.location), { name: 'Black' });
  expect(await tagOf(String(made.headers.location))).toBe(patched.headers.etag);
  const items = [{ productId: await makeProduct(shop, admin), quantity: 1 }];
  const order = await write('post', '/v1/orders', { items, paymentMethod: 'external' });
  const { etag } = (await shop.call('get', `/v1/orders/${order.body.id}`, { token: admin.token })).headers;
  expect(order.headers.etag).toBe(etag);
  const headers = { 'If-Match': String(etag) };
  expect((await shop.call('post', `/v1/orders/${order.body.id}/pay`, { token: colleague.token, headers })).status).toBe(200);
});

test('says that a weak If-Match never matches, and changes nothing', async () => {
  const id = await makeProduct(shop, admin, { name: 'Kept' });
  const tag = await tagOf(`/v1/products/${id}`);
  const refused = await write('patch', `/v1/products/${id}`, { name: 'Written' }, { 'If-Match': `W/${tag}` });
  expect(refused.body).toMatchObject({ status: 412, detail: expect.stringContaining('weak ETag') });
  expect(await namesOf([id])).toEqual([{ name: 'Kept', version: 1 }]);
});
