import { useShop } from '../../support/use-shop';

const { shop, manager } = useShop({ manager: 'manager' }, { REQUIRE_PRODUCT_SAFETY: 'true' });

const MANUFACTURER = {
  name: 'Exotic Liquids',
  postalAddress: '49 Gilbert St., London',
  electronicAddress: 'https://exotic.example',
  country: 'GB',
};
const PERSON = { ...MANUFACTURER, name: 'Plutzer', electronicAddress: 'plutzer@example.com', country: 'DE' };
const WARNINGS = [{ language: 'de', text: 'Heiß!' }];
const WHOLE = { manufacturer: MANUFACTURER, responsiblePerson: PERSON, warnings: WARNINGS };

let count = 0;
const values = (rest: object) => {
  count += 1;
  return { name: 'Kettle', sku: `KETTLE-${count}`, price: '20.00', ...rest };
};
const call = (method: 'post' | 'patch' | 'put' | 'delete', path: string, body?: unknown, headers = {}) =>
  shop.call(method, path, { token: manager.token, body, headers });
const make = async (rest: object) => String((await call('post', '/v1/products', values(rest))).body.id);
const statusOf = async (id: string) => shop.query('SELECT status, deleted_at IS NULL AS is_live FROM products WHERE id = $1::uuid', [id]);
const DRAFT = [{ status: 'draft', is_live: true }];

const missing = (...paths: string[]) => ({
  status: 422,
  code: 'product_safety_missing',
  errors: paths.map((path) => ({ pointer: `/productSafety/${path}`, code: 'required' })),
});
const ALL = ['manufacturer/name', 'manufacturer/postalAddress', 'manufacturer/electronicAddress', 'manufacturer/country', 'warnings'];

test('refuses to activate a product without safety information, names each missing member, and leaves it a draft', async () => {
  const id = await make({});
  expect((await call('patch', `/v1/products/${id}`, { status: 'active' })).body).toMatchObject(missing(...ALL));
  expect((await call('put', `/v1/products/${id}`, values({ status: 'active' }))).body).toMatchObject(missing(...ALL));
  const safety = { manufacturer: { ...MANUFACTURER, postalAddress: null }, warnings: [] };
  expect((await call('patch', `/v1/products/${id}`, { status: 'active', productSafety: safety })).body).toMatchObject(
    missing(
      'manufacturer/postalAddress',
      ...['name', 'postalAddress', 'electronicAddress', 'country'].map((member) => `responsiblePerson/${member}`),
    ),
  );
  expect(await statusOf(id)).toEqual(DRAFT);
  expect((await call('post', '/v1/products', values({ status: 'active' }))).body).toMatchObject(missing(...ALL));
});

test('refuses it in a bulk, in a file and by a filter, too', async () => {
  const id = await make({});
  const bulk = await call('post', '/v1/products/bulk', { atomic: false, operations: [{ op: 'update', id, data: { status: 'active' } }] });
  expect(bulk.body.results[0].problem ?? bulk.body.results[0].error ?? bulk.body.results[0]).toMatchObject({ status: 422 });
  await call('post', '/v1/products/bulk/update', { filter: { id }, limit: 1, data: { status: 'active' } });
  const [{ sku }] = (await shop.query<{ sku: string }>('SELECT sku FROM products WHERE id = $1::uuid', [id])) as [{ sku: string }];
  const file = await call('post', '/v1/products/import', `sku,status\n${sku},active\n`, { 'Content-Type': 'text/csv' });
  expect(file.body).toMatchObject({ updated: 0, failed: 1 });
  expect(await statusOf(id)).toEqual(DRAFT);
});

test('activates a product with it, and keeps what an active product needs', async () => {
  const id = await make({ status: 'active', productSafety: WHOLE });
  const read = await shop.call('get', `/v1/products/${id}`);
  expect(read.body.productSafety).toEqual(WHOLE);
  const path = `/v1/products/${id}`;
  expect((await call('patch', path, { productSafety: { warnings: null } })).body).toMatchObject(missing('warnings'));
  expect((await call('patch', path, { productSafety: null })).body).toMatchObject(missing(...ALL));
  const outside = await call('patch', path, { productSafety: { responsiblePerson: { country: 'US' } } });
  expect(outside.body).toMatchObject({
    status: 422,
    errors: [{ pointer: '/productSafety/responsiblePerson/country', code: 'not_allowed' }],
  });
  expect((await shop.call('get', path)).body.productSafety).toEqual(WHOLE);
  const inside = await call('patch', path, { productSafety: { responsiblePerson: null, manufacturer: { country: 'DE' } } });
  expect(inside.body.productSafety).toEqual({ manufacturer: { ...MANUFACTURER, country: 'DE' }, warnings: WARNINGS });
});

test('lets a product that was active before the setting change and end, but not come back', async () => {
  const id = await make({});
  await shop.query(`UPDATE products SET status = 'active' WHERE id = $1::uuid`, [id]);
  expect((await call('patch', `/v1/products/${id}`, { price: '21.00' })).status).toBe(200);
  expect((await call('delete', `/v1/products/${id}`)).status).toBe(204);
  expect((await call('post', `/v1/products/${id}/restore`)).body).toMatchObject(missing(...ALL));
  expect(await statusOf(id)).toEqual([{ status: 'active', is_live: false }]);
});

test('refuses unknown members and malformed ones, by raw SQL, too, and makes no product', async () => {
  const productSafety = { manufacturer: { country: 'XX', electronicAddress: 'nowhere' }, warnings: [{ text: 'Hot' }], colour: 'red' };
  const { body } = await call('post', '/v1/products', values({ productSafety }));
  expect(body.errors.map(({ pointer }: { pointer: string }) => pointer).sort()).toEqual(
    ['colour', 'manufacturer/country', 'manufacturer/electronicAddress', 'warnings/0/language'].map((path) => `/productSafety/${path}`),
  );
  const id = await make({});
  await expect(shop.query(`UPDATE products SET product_safety = '{"colour": "red"}' WHERE id = $1::uuid`, [id])).rejects.toMatchObject({
    original: { code: '23514' },
  });
});
