import { refreshedStatistics } from '../../../src/catalogue/products/statistics/refresh/refresh-statistics.queue';
import { prepareQueues } from '../../../src/jobs';
import { makeProduct } from '../../factories/products';
import { runJobs } from '../../jobs/support/run-jobs';
import { useShop } from '../../support/use-shop';

const { shop, manager, customer } = useShop({ manager: 'admin', customer: 'customer' });

const made: Record<string, string> = {};
const create = async (path: string, body: object) => {
  const reply = await shop.call('post', path, { token: manager.token, body });
  expect(reply.status).toBe(201);
  return reply.body;
};
const get = async (path: string, token?: string) => (await shop.call('get', path, { token })).body;

beforeAll(async () => {
  await prepareQueues(shop.env.MIGRATION_DATABASE_URL ?? '', [refreshedStatistics], { log: () => undefined, waitMs: 10_000 });
  const drinks = await create('/v1/categories', { name: 'Drinks' });
  const tea = await create('/v1/categories', { name: 'Tea', parentId: drinks.id });
  const food = await create('/v1/categories', { name: 'Food' });
  Object.assign(made, { drinks: drinks.id, tea: tea.id, food: food.id });
  made.chai = await makeProduct(shop, manager, { name: 'Chai', price: '10.00', stockQuantity: 8, categoryId: made.tea });
  made.juice = await makeProduct(shop, manager, { name: 'Juice', price: '5.01', stockQuantity: 0, categoryId: made.drinks });
  made.sake = await makeProduct(shop, manager, { name: 'Sake', price: '900', currency: 'JPY', stockQuantity: 3, categoryId: made.drinks });
  made.draft = await makeProduct(shop, manager, { name: 'Draft', price: '1.00', stockQuantity: 5, status: 'draft', categoryId: made.tea });
});

test('counts what customers see by status, stock and price in each currency, and shows the stock’s value to staff alone', async () => {
  const seen = await get('/v1/products/stats');
  expect(seen).toEqual({
    count: 3,
    byStatus: { draft: 0, active: 3, inactive: 0, discontinued: 0 },
    inStock: 2,
    prices: [
      { currency: 'JPY', count: 1, min: '900.00', avg: '900.00', max: '900.00' },
      { currency: 'USD', count: 2, min: '5.01', avg: '7.51', max: '10.00' },
    ],
    stockValue: null,
  });
  expect(await get('/v1/products/stats', manager.token)).toMatchObject({
    count: 4,
    byStatus: { draft: 1, active: 3 },
    stockValue: [
      { currency: 'JPY', units: 3, amount: '2700.00' },
      { currency: 'USD', units: 13, amount: '85.00' },
    ],
  });
  expect(await get(`/v1/products/stats?category=${made.tea}&status=active`, manager.token)).toMatchObject({ count: 1, inStock: 1 });
  expect(await get(`/v1/products/stats?category=${made.food}`)).toMatchObject({ count: 0, inStock: 0, prices: [] });
  expect((await shop.call('get', '/v1/products/stats?sort=name')).status).toBe(400);
});

test('counts each category with its subtree, level by level', async () => {
  const { data } = await get('/v1/products/stats/categories');
  expect(data).toMatchObject([
    { categoryId: made.drinks, name: 'Drinks', slug: 'drinks', count: 3, inStock: 2, stockValue: null },
    { categoryId: made.food, name: 'Food', count: 0, prices: [] },
  ]);
  const below = await get(`/v1/products/stats/categories?parentId=${made.drinks}`, manager.token);
  expect(below.data).toMatchObject([{ categoryId: made.tea, count: 2, byStatus: { draft: 1, active: 1 } }]);
  expect((await get(`/v1/products/stats/categories?parentId=${made.tea}`)).data).toEqual([]);
  expect((await shop.call('get', `/v1/products/stats/categories?parentId=${made.chai}`)).body).toMatchObject({ status: 404 });
});

const order = async (...lines: readonly (readonly [string, number])[]) => {
  const items = lines.map(([productId, quantity]) => ({ productId, quantity }));
  const reply = await shop.call('post', '/v1/orders', { token: customer.token, body: { items, paymentMethod: 'external' } });
  expect(reply.status).toBe(201);
  return reply.body.id as string;
};
const post = async (path: string, body?: object) => {
  const reply = await shop.call('post', path, { token: manager.token, body });
  expect([200, 201, 202]).toContain(reply.status);
  return reply.body;
};

test('tells what was sold and kept, and ranks products as of the last refresh', async () => {
  const soap = await makeProduct(shop, manager, { name: 'Soap', price: '10.00', stockQuantity: 50 });
  const towel = await makeProduct(shop, manager, { name: 'Towel', price: '20.00', stockQuantity: 50 });
  await post(`/v1/orders/${await order([soap, 3], [towel, 1])}/pay`);
  await order([soap, 20]);
  const cancelled = await order([soap, 5]);
  await post(`/v1/orders/${cancelled}/pay`);
  await post(`/v1/orders/${cancelled}/cancel`);
  const returned = await order([soap, 2], [towel, 1]);
  await post(`/v1/orders/${returned}/pay`);
  await post(`/v1/orders/${returned}/refunds`, { amount: '10.00', restock: [{ productId: soap, quantity: 1 }] });
  const sold = { units: 4, orders: 2, revenue: [{ currency: 'USD', amount: '45.00' }] };
  expect(await get(`/v1/products/${soap}/sales`, manager.token)).toMatchObject({ productId: soap, ...sold });
  expect(await get(`/v1/products/${soap}/sales?to=2020-01-01T00:00:00Z`, manager.token)).toMatchObject({
    units: 0,
    revenue: [],
    lastSoldAt: null,
  });
  expect((await get('/v1/products/sales', manager.token)).data).toEqual([]);
  const { jobId } = await post('/v1/products/sales/refresh');
  expect(jobId).toMatch(/^[0-9a-f-]{36}$/);
  expect((await post('/v1/products/sales/refresh')).jobId).toBeNull();
  await runJobs(shop, [refreshedStatistics]);
  const ranking = await get('/v1/products/sales', manager.token);
  expect(ranking.data).toMatchObject([
    { productId: soap, name: 'Soap', ...sold, recentUnits: 4, recentViews: 0 },
    { productId: towel, units: 2, revenue: [{ currency: 'USD', amount: '35.00' }] },
  ]);
  expect(ranking.ageSeconds).toBeLessThan(60);
  expect(Date.parse(ranking.refreshedAt)).toBeLessThanOrEqual(Date.now());
  const { refreshedAt } = ranking;
  const summary = { ...sold, lastSoldAt: ranking.data[0].lastSoldAt, refreshedAt };
  const shown = await get('/v1/products?sort=popular&limit=3&fields=id&include=sales', manager.token);
  expect(shown.data.slice(0, 1)).toEqual([{ id: soap, sales: summary }]);
  expect(shown.data[2].sales).toEqual({ units: 0, orders: 0, revenue: [], lastSoldAt: null, refreshedAt });
  const one = await shop.call('get', `/v1/products/${soap}?include=sales`, { token: manager.token });
  expect(one.body.sales).toEqual(summary);
  expect((await get('/v1/products?sort=popular&limit=2')).data.map(({ id }: { id: string }) => id)).toEqual([soap, towel]);
  expect((await get('/v1/products/sales')).code).toBe('unauthenticated');
  expect((await get(`/v1/products/${soap}/sales`, customer.token)).code).toBe('forbidden');

  const included = `/v1/products/${soap}?include=sales`;
  expect((await get(included)).code).toBe('unauthenticated');
  expect(await get(included, customer.token)).toMatchObject({
    status: 403,
    code: 'forbidden',
    detail: 'This takes the permission "orders:read".',
  });
  expect((await get('/v1/products?include=sales', customer.token)).code).toBe('forbidden');
  const held = { token: manager.token, headers: { 'If-None-Match': one.headers.etag as string } };
  expect((await shop.call('get', included, held)).status).toBe(304);
  await post(`/v1/orders/${await order([soap, 1])}/pay`);
  await post('/v1/products/sales/refresh');
  await runJobs(shop, [refreshedStatistics]);
  expect((await shop.call('get', included, held)).body.sales).toMatchObject({ units: 5, orders: 3 });
});

test('two refreshes never run at once, and the application computes them though it owns nothing', async () => {
  const refresh = () => shop.sequelize.query('SELECT refresh_product_stats() IS NULL AS "isBusy"');
  const results = await Promise.all(Array.from({ length: 4 }, refresh));
  expect(results.some(([[row]]) => !(row as { isBusy: boolean }).isBusy)).toBe(true);
  await expect(shop.sequelize.query('REFRESH MATERIALIZED VIEW product_stats')).rejects.toThrow();
});
