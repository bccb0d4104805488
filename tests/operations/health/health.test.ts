import { onServer } from '../../support/server';
import { type Shop, startShop } from '../../support/shop';

let shop: Shop;

beforeEach(async () => {
  shop = await startShop();
});
afterEach(() => shop.close());

test('is ready until the process stops, and stays alive meanwhile', async () => {
  expect((await shop.call('get', '/health/ready')).status).toBe(200);
  shop.state.draining = true;
  const stopping = await shop.call('get', '/health/ready');
  expect(stopping.body).toMatchObject({ status: 503, code: 'unavailable' });
  expect(stopping.headers['retry-after']).toBe('5');
  expect((await shop.call('get', '/health/live')).status).toBe(200);
});

test('reports the state of process, database, pool and migrations', async () => {
  const { body } = await shop.call('get', '/health');
  expect(body).toMatchObject({
    status: 'ok',
    database: { latencyMs: expect.any(Number) },
    pool: { max: 10 },
    migrations: { isUpToDate: true, pending: [] },
  });
  expect(body.migrations.applied).toBeGreaterThan(7);
});

test('is alive without a database, but not ready', async () => {
  const name = new URL(shop.env.DATABASE_URL).pathname.slice(1);
  await onServer((client) => client.query(`DROP DATABASE ${name} WITH (FORCE)`));
  expect((await shop.call('get', '/health/live')).status).toBe(200);
  expect((await shop.call('get', '/health/ready')).status).toBe(503);
});
