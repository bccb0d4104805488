import { makeProduct } from '../../factories/products';
import { useShop } from '../../support/use-shop';

const { shop, manager } = useShop({ manager: 'manager' });

const update = (body: object) => shop.call('post', '/v1/products/bulk/update', { token: manager.token, body });
const rows = () => shop.query('SELECT * FROM products ORDER BY id');

beforeAll(async () => {
  for (const brand of ['Acme', 'Acme', 'Acme', 'Other']) await makeProduct(shop, manager, { brand, price: '5.00' });
});

test('changes every object that the list with the filter shows, and no other', async () => {
  const { status, body } = await update({ filter: { brand: 'Acme', 'price[lt]': '6' }, limit: 3, data: { featured: true } });
  expect([status, body.matched, body.results.length]).toEqual([200, 3, 3]);
  expect(await shop.query('SELECT brand, featured, count(*)::int FROM products GROUP BY 1, 2 ORDER BY 1')).toEqual([
    { brand: 'Acme', featured: true, count: 3 },
    { brand: 'Other', featured: false, count: 1 },
  ]);
  const listed = await shop.call('get', '/v1/products?featured=true&sort=id');
  expect(listed.body.data.map(({ id, version }: { id: string; version: number }) => ({ id, version, status: 200 }))).toEqual(body.results);
});

test('takes the values of in and nin as a list, as the document says, and no text', async () => {
  const id = (await shop.query<{ id: string }>("SELECT id FROM products WHERE brand = 'Other'"))[0]?.id;
  for (const filter of [
    { 'brand[in]': ['Smith, Wesson', 'Other'] },
    { 'id[in]': [id] },
    { 'price[in]': ['5.00'], 'brand[nin]': ['Acme'] },
  ]) {
    const { status, body } = await update({ filter, limit: 1, data: { model: 'X' } });
    expect([status, body.results?.map((result: { id: string }) => result.id)]).toEqual([200, [id]]);
  }
  const refused = await update({ filter: { 'brand[in]': 'Acme,Other' }, limit: 10, data: { model: 'Y' } });
  expect([refused.status, refused.body.errors[0].pointer]).toEqual([422, '/filter/brand[in]']);
  expect(await shop.query("SELECT 1 FROM products WHERE model = 'Y'")).toEqual([]);
});

test('says how many match where they are more than the limit, and changes nothing', async () => {
  const before = await rows();
  const { status, body } = await update({ filter: { brand: 'Acme' }, limit: 2, data: { featured: false } });
  expect([status, body.code]).toEqual([409, 'too_many_matches']);
  expect(body.detail).toContain('3 products match, more than the limit of 2');
  expect(await rows()).toEqual(before);
});

test('refuses an empty filter, an unknown one and no limit, and changes nothing', async () => {
  const before = await rows();
  for (const [body, pointer] of [
    [{ filter: {}, limit: 10, data: {} }, '/filter'],
    [{ filter: { colour: 'red' }, limit: 10, data: {} }, '/filter/colour'],
    [{ filter: { brand: 'Acme' }, data: {} }, '/limit'],
    [{ filter: { brand: 'Acme' }, limit: 1_001, data: {} }, '/limit'],
    [{ filter: { brand: 'Acme' }, limit: 3, data: { stockQuantity: 1 } }, '/data/stockQuantity'],
  ] as const) {
    const refused = await update(body);
    expect([refused.status, refused.body.errors]).toEqual([422, [expect.objectContaining({ pointer })]]);
  }
  expect((await update({ filter: { colour: 'red' }, limit: 10, data: {} })).body.errors[0].message).toBe(
    'filter.colour is not a filter of products; /openapi.json lists them',
  );
  expect(await rows()).toEqual(before);
});

test('gives a unique value to one object only: all are refused, or all others', async () => {
  const before = await rows();
  const body = { filter: { brand: 'Acme' }, limit: 10, data: { sku: 'SAME' } };
  const refused = await update(body);
  expect([refused.status, refused.body.code, refused.body.operations.length]).toEqual([422, 'operations_refused', 2]);
  expect(refused.body.operations[0].problem).toMatchObject({ code: 'value_taken', instance: '/v1/products/bulk/update' });
  expect(await rows()).toEqual(before);
  const { body: some } = await update({ ...body, atomic: false });
  expect(some.results.map(({ status }: { status: number }) => status)).toEqual([200, 409, 409]);
});
