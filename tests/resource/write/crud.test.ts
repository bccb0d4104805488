import { signUp } from '../../factories/people';
import { makeProduct, stockOf } from '../../factories/products';
import { useShop } from '../../support/use-shop';

const { shop, admin, customer } = useShop({ admin: 'admin', customer: 'customer' });

const at = (id: string) => `/v1/products/${id}`;

test('creates, reads by id and slug, patches and replaces a product', async () => {
  const made = await shop.call('post', '/v1/products', {
    token: admin.token,
    body: { name: 'Crème brûlée', sku: 'C-1', price: '4.5', status: 'active' },
  });
  expect(made.status).toBe(201);
  expect(made.body).toMatchObject({ slug: 'creme-brulee', price: '4.50', version: 1, stockQuantity: 0, inStock: false });
  expect(made.headers.location).toBe(at(made.body.id));
  expect((await shop.call('get', '/v1/products/slug:creme-brulee')).body).toEqual(made.body);
  const patched = await shop.call('patch', at(made.body.id), { token: admin.token, body: { attributes: { a: { b: 1 } }, brand: 'Ours' } });
  expect(patched.body).toMatchObject({ version: 2, brand: 'Ours', attributes: { a: { b: 1 } }, name: 'Crème brûlée' });
  const merged = await shop.call('patch', at(made.body.id), { token: admin.token, body: { attributes: { a: { c: 2 } }, brand: null } });
  expect(merged.body).toMatchObject({ version: 3, brand: null, attributes: { a: { b: 1, c: 2 } } });
  const replaced = await shop.call('put', at(made.body.id), { token: admin.token, body: { name: 'Flan', sku: 'C-1', price: '3.00' } });
  expect(replaced.body).toMatchObject({ version: 4, name: 'Flan', slug: 'flan', status: 'draft', attributes: {} });
});

test('hides a draft from customers, also in lists', async () => {
  const id = await makeProduct(shop, admin, { status: 'draft', name: 'Unseen' });
  expect((await shop.call('get', at(id), { token: customer.token })).status).toBe(404);
  expect((await shop.call('get', '/v1/products?name=Unseen')).body.data).toEqual([]);
  expect((await shop.call('get', at(id), { token: admin.token })).status).toBe(200);
});

test('creates an object by PUT under the client’s id, unless If-Match or If-None-Match forbids it', async () => {
  const id = '01890a5d-ac96-774b-bcce-b302099a8057';
  const body = { name: 'Put', sku: 'PUT-1', price: '1.00' };
  expect((await shop.call('put', at(id), { token: admin.token, body, headers: { 'If-Match': '"1"' } })).status).toBe(412);
  expect((await shop.call('put', at(id), { token: admin.token, body })).status).toBe(201);
  expect((await shop.call('put', at(id), { token: admin.token, body, headers: { 'If-None-Match': '*' } })).status).toBe(412);
  expect((await shop.call('put', at(id), { token: admin.token, body, headers: { 'If-Match': '"9"' } })).status).toBe(412);
  await shop.call('delete', at(id), { token: admin.token });
  expect((await shop.call('put', at(id), { token: admin.token, body })).body.code).toBe('id_taken');
});

test('lets one of two editors with the same ETag win, and gives the other a 412', async () => {
  const id = await makeProduct(shop, admin);
  const tag = (await shop.call('get', at(id))).headers.etag ?? '';
  const edits = await Promise.all(
    ['One', 'Two'].map((name) => shop.call('patch', at(id), { token: admin.token, body: { name }, headers: { 'If-Match': tag } })),
  );
  expect(edits.map(({ status }) => status).sort()).toEqual([200, 412]);
  expect((await shop.call('get', at(id))).body.version).toBe(2);
});

test('answers 304 for a current ETag, with includes while the related rows are unchanged', async () => {
  const id = await makeProduct(shop, admin);
  for (const path of [at(id), `${at(id)}?include=images`]) {
    const { etag = '' } = (await shop.call('get', path)).headers;
    expect((await shop.call('get', path, { headers: { 'If-None-Match': etag } })).status).toBe(304);
  }
  const { etag = '' } = (await shop.call('get', `${at(id)}?include=images`)).headers;
  await shop.call('post', '/v1/images', { token: admin.token, body: { productId: id, url: 'https://cdn.example/a.webp' } });
  const changed = await shop.call('get', `${at(id)}?include=images`, { headers: { 'If-None-Match': etag } });
  expect(changed.status).toBe(200);
  expect(changed.body.images).toHaveLength(1);
});

test('soft-deletes and restores a product, and refuses to restore one whose SKU was taken meanwhile', async () => {
  const id = await makeProduct(shop, admin, { sku: 'SOFT-1', name: 'Soft' });
  expect((await shop.call('delete', at(id), { token: admin.token })).status).toBe(204);
  expect((await shop.call('delete', at(id), { token: admin.token })).status).toBe(404);
  expect((await shop.call('get', `${at(id)}?deleted=with`)).status).toBe(401);
  expect((await shop.call('get', `${at(id)}?deleted=with`, { token: customer.token })).status).toBe(403);
  expect((await shop.call('get', '/v1/products?deleted=only&name=Soft', { token: admin.token })).body.data).toHaveLength(1);
  const twin = await makeProduct(shop, admin, { sku: 'SOFT-1', name: 'Twin' });
  const refused = await shop.call('post', `${at(id)}/restore`, { token: admin.token });
  expect(refused.body).toMatchObject({ status: 409, code: 'value_taken', errors: [{ pointer: '/sku' }] });
  await shop.call('delete', at(twin), { token: admin.token });
  expect((await shop.call('post', `${at(id)}/restore`, { token: admin.token })).status).toBe(200);
  expect((await shop.call('post', `${at(id)}/restore`, { token: admin.token })).body.code).toBe('not_deleted');
});

test('purges only with the permission, and nothing that an order refers to', async () => {
  const manager = await signUp(shop);
  const { body: role } = await shop.call('post', '/v1/roles', { token: admin.token, body: { name: 'writer' } });
  await shop.call('put', `/v1/roles/${role.id}/permissions`, { token: admin.token, body: { permissions: ['products:write'] } });
  await shop.call('post', `/v1/users/${manager.id}/roles`, { token: admin.token, body: { role: 'writer' } });
  const id = await makeProduct(shop, admin, { stockQuantity: 0 });
  const kept = await makeProduct(shop, admin, { stockQuantity: 3 });
  expect((await shop.call('delete', `${at(id)}?force=true`, { token: manager.token })).status).toBe(403);
  expect((await shop.call('delete', `${at(id)}?force=true`, { token: admin.token })).status).toBe(204);
  expect(await shop.query('SELECT FROM products WHERE id = $1::uuid', [id])).toEqual([]);
  const gone = await makeProduct(shop, admin, { stockQuantity: 0 });
  await shop.call('delete', at(gone), { token: admin.token });
  expect((await shop.call('delete', `${at(gone)}?force=true`, { token: admin.token })).status).toBe(204);
  const items = [{ productId: kept, quantity: 1 }];
  await shop.call('post', '/v1/orders', { token: customer.token, body: { items, paymentMethod: 'external' } });
  expect((await shop.call('delete', `${at(kept)}?force=true`, { token: admin.token })).body.code).toBe('in_use');
  expect(await stockOf(shop, kept)).toEqual({ stock: 2, ledger: 2 });
});

test('creates one object by twelve parallel PUTs of one id, and refuses the others by If-None-Match', async () => {
  const put = (id: string, headers = {}) =>
    shop.call('put', `/v1/tags/${id}`, { token: admin.token, headers, body: { name: 'Twin', slug: `twin-${id.slice(-1)}` } });
  const ids = ['01890a5d-ac96-774b-bcce-b302099a8051', '01890a5d-ac96-774b-bcce-b302099a8052'] as const;
  const statuses = async (id: string, headers = {}) =>
    (await Promise.all(Array.from({ length: 12 }, () => put(id, headers)))).map(({ status }) => status).sort();
  expect(await statuses(ids[0])).toEqual([...Array(11).fill(200), 201]);
  expect(await statuses(ids[1], { 'If-None-Match': '*' })).toEqual([201, ...Array(11).fill(412)]);
  const { etag } = (await shop.call('get', `/v1/tags/${ids[1]}`)).headers;
  expect((await put(ids[1], { 'If-None-Match': String(etag) })).status).toBe(412);
  expect((await put(ids[1], { 'If-None-Match': '"7"' })).status).toBe(200);
});
