import { makeProduct } from '../../factories/products';
import { useShop } from '../../support/use-shop';

const { shop, manager } = useShop({ manager: 'admin' });

const ATTRIBUTES = [
  { color: 'red', grams: 5, organic: true },
  { color: 'blue', grams: '5', materials: ['oak', 'steel'] },
  { color: 'sky, light', 'care.label': 'hand wash', größe: 'über' },
  {},
];
const names = ['Red', 'Blue', 'Sky', 'Plain'];

beforeAll(async () => {
  for (const [index, attributes] of ATTRIBUTES.entries()) await makeProduct(shop, manager, { name: names[index], attributes });
});

const found = async (query: Record<string, string>) => {
  const { status, body } = await shop.call('get', `/v1/products?${new URLSearchParams({ ...query, sort: 'name' })}`);
  expect(status).toBe(200);
  return (body.data as { name: string }[]).map(({ name }) => name);
};

test.each([
  ['attributes.color', 'red', ['Red']],
  ['attributes.color', 'Red', []],
  ['attributes.grams', '5', ['Blue', 'Red']],
  ['attributes.organic', 'true', ['Red']],
  ['attributes.materials', 'steel', ['Blue']],
  ['attributes.care.label', 'hand wash', ['Sky']],
  ['attributes.größe', 'über', ['Sky']],
  ['attributes.color[in]', 'red,"sky, light"', ['Red', 'Sky']],
  ['attributes.color[ne]', 'red', ['Blue', 'Plain', 'Sky']],
  ['attributes.color[nin]', 'red,blue', ['Plain', 'Sky']],
  ['attributes.color', '{"a":', []],
])('%s=%s finds the products with that attribute', async (name, value, expected) => {
  expect(await found({ [name]: value })).toEqual(expected);
});

test('combines attributes with each other, with other filters and with cursors', async () => {
  expect(await found({ 'attributes.color[in]': 'red,blue', 'attributes.materials': 'oak', 'price[gte]': '0' })).toEqual(['Blue']);
  const { body } = await shop.call('get', '/v1/products?attributes.color[in]=red,blue&limit=1&sort=name');
  const next = await shop.call('get', `/v1/products?attributes.color[in]=red,blue&limit=1&sort=name&cursor=${body.pagination.nextCursor}`);
  expect(next.body.data).toMatchObject([{ name: 'Red' }]);
});

test.each([
  ['attributes.color[gt]=red', 'unknown_parameter'],
  ['attributes.=red', 'unknown_parameter'],
  [`attributes.${'x'.repeat(65)}=red`, 'unknown_parameter'],
  ['brand.color=red', 'unknown_parameter'],
  [`attributes.color=${'x'.repeat(201)}`, 'too_long'],
  ['attributes.color=red&attributes.color=blue', 'duplicate'],
  [Array.from({ length: 11 }, (_, index) => `attributes.a${index}=1`).join('&'), 'too_many'],
])('refuses %s', async (query, code) => {
  const { body } = await shop.call('get', `/v1/products?${query}`);
  expect(body).toMatchObject({ status: 400, code: 'invalid_parameters', errors: [{ code }] });
});

test('changes all products with an attribute in one call', async () => {
  const update = (filter: object) =>
    shop.call('post', '/v1/products/bulk/update', { token: manager.token, body: { filter, limit: 10, data: { featured: true } } });
  expect((await update({ 'attributes.color[in]': ['red'] })).body).toMatchObject({ matched: 1 });
  expect(await found({ featured: 'true' })).toEqual(['Red']);
  expect((await update({ 'attributes.color[gt]': 'red' })).status).toBe(422);
});
