import type { Response } from 'supertest';
import { closePool } from '../../../src/database/connection/connection';
import { makeProduct, stockOf } from '../../factories/products';
import { ProtocolProxy } from '../../support/protocol-proxy';
import { type Shop, startShop } from '../../support/shop';
import { useShop } from '../../support/use-shop';

const connectionsInUse = ({ sequelize }: Shop): number =>
  (sequelize.connectionManager as unknown as { readonly pool: { readonly using: number } }).pool.using;

const { shop, manager, buyer } = useShop({ manager: 'manager', buyer: 'customer' });
let proxy: ProtocolProxy;
/** The same shop, whose connections to the database can fall silent. */
let behind: Shop;
let productId: string;

describe.each(['on', 'off'])('with BATCHING=%s', (BATCHING) => {
  beforeEach(async () => {
    proxy = await ProtocolProxy.before(shop.env.DATABASE_URL);
    behind = await startShop({ DATABASE_URL: proxy.url, BATCHING, STATEMENT_TIMEOUT_MS: '1000', DB_POOL_ACQUIRE_TIMEOUT_MS: '4000' });
    productId = await makeProduct(shop, manager, { stockQuantity: 100 });
  });
  afterEach(async () => {
    await closePool(behind.sequelize, 0);
    await behind.close();
    await proxy.close();
  });

  const requests = (): Promise<Response>[] => [
    behind.call('get', `/v1/products/${productId}`),
    behind.call('get', '/v1/products?status=active'),
    behind.call('get', '/v1/products?q=product'),
    behind.call('get', '/health'),
    behind.call('get', '/health/ready'),
    behind.call('patch', `/v1/products/${productId}`, { token: manager.token, body: { brand: 'Heard' } }),
    ...[1, 2, 3].map(() =>
      behind.call('post', '/v1/orders', { token: buyer.token, body: { items: [{ productId, quantity: 1 }], paymentMethod: 'external' } }),
    ),
  ];
  const statusesOf = (responses: readonly Response[]) => responses.map(({ status }) => status);
  const WELL = [200, 200, 200, 200, 200, 200, 201, 201, 201];

  test('answers every request 503 at the timeout when all its connections fall silent, and serves the next ones', async () => {
    expect(statusesOf(await Promise.all(requests()))).toEqual(WELL);
    proxy.swallow();
    const silent = await Promise.all(requests());
    expect(silent[0]?.status).toBe(503);
    // What waited for another request got a new connection.
    expect(statusesOf(silent).filter((status, at) => status !== 503 && status !== WELL[at])).toEqual([]);
    // Those that fell silent while they were idle are gone, too.
    expect(statusesOf(await Promise.all(requests()))).toEqual(WELL);
    // An order whose answer was swallowed is placed or not; both books say the same.
    const { stock, ledger } = await stockOf(shop, productId);
    const answered = 6 + silent.filter(({ status }) => status === 201).length;
    const unknown = silent.filter(({ body }) => body.code === 'outcome_unknown').length;
    expect(stock).toBe(ledger);
    expect(100 - stock).toBeGreaterThanOrEqual(answered);
    expect(100 - stock).toBeLessThanOrEqual(answered + unknown);
  });

  test('answers 503 while new connections are met with silence, too, and recovers by itself', async () => {
    expect(statusesOf(await Promise.all(requests()))).toEqual(WELL);
    proxy.swallow({ alsoNew: true });
    expect(statusesOf(await Promise.all(requests()))).toEqual(WELL.map(() => 503));
    expect(statusesOf(await Promise.all(requests()))).toEqual(WELL.map(() => 503));
    proxy.heal();
    // A connection that was begun in silence ends at its own time-out, and may fail one more request.
    let statuses: number[] = [];
    while (statuses.join() !== WELL.join()) {
      statuses = statusesOf(await Promise.all(requests()));
      expect(statuses.filter((status, at) => status !== 503 && status !== WELL[at])).toEqual([]);
    }
  });

  test('closes a pool in the time it was given, though a statement is in flight on a silent connection', async () => {
    await Promise.all(requests());
    proxy.swallow({ alsoNew: true });
    const inFlight = Promise.all(requests());
    while (connectionsInUse(behind) === 0) await new Promise(setImmediate);
    expect(await closePool(behind.sequelize, 50)).toBe(false);
    expect(statusesOf(await inFlight).filter((status) => status !== 503)).toEqual([]);
  });
});
