import { inShare, shareSizes } from '../../../src/database/pool/pool-shares';
import { queryInShare } from '../../../src/database/pool/query-in-share';
import { makeProduct } from '../../factories/products';
import { startShop } from '../../support/shop';
import { useShop } from '../../support/use-shop';

/* Long enough for a busy machine to open a connection. */
const WAIT_MS = 4_000;
const { shop, manager, buyer } = useShop(
  { manager: 'manager', buyer: 'customer' },
  { DB_POOL_MAX: '6', DB_POOL_ACQUIRE_TIMEOUT_MS: String(WAIT_MS) },
);

test.each([
  [1, { write: 1, job: 1, session: 1, list: 1, slow: 1 }],
  [2, { write: 1, job: 1, session: 1, list: 1, slow: 1 }],
  [3, { write: 1, job: 1, session: 1, list: 1, slow: 1 }],
  [6, { write: 2, job: 1, session: 1, list: 2, slow: 1 }],
  [10, { write: 4, job: 2, session: 2, list: 3, slow: 2 }],
  [50, { write: 24, job: 12, session: 2, list: 23, slow: 12 }],
])('divides a pool of %i connections', (max, sizes) => {
  expect(shareSizes(max)).toEqual(sizes);
});

/** Keeps the one connection of the slow share busy until the work is over. */
async function whileSlowShareIsBusy(work: () => Promise<void>): Promise<void> {
  let release: (() => void) | undefined;
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  const holding = inShare(shop.sequelize, 'slow', { deadline: performance.now() + WAIT_MS }, () => held);
  try {
    await work();
  } finally {
    release?.();
    await holding;
  }
}

test('answers readiness, log-in, reads, filtered lists and orders while searches take all that they may have', async () => {
  const productId = await makeProduct(shop, manager);
  await whileSlowShareIsBusy(async () => {
    const slow = ['q=product', 'name[contains]=roduct', 'total=exact&status=active', 'page=100'];
    const refused = Promise.all(slow.map((query) => shop.call('get', `/v1/products?${query}`)));
    const answered = await Promise.all([
      shop.call('get', '/health/ready'),
      shop.call('get', '/health'),
      shop.call('post', '/v1/auth/login', { body: { email: buyer.email, password: 'correct horse battery' } }),
      shop.call('get', `/v1/products/${productId}`),
      shop.call('get', '/v1/products?status=active'),
      shop.call('post', '/v1/orders', {
        token: buyer.token,
        body: { items: [{ productId, quantity: 1 }], paymentMethod: 'external' },
      }),
    ]);
    expect(answered.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200, 201]);
    for (const { body, headers } of await refused) {
      expect(body).toMatchObject({ status: 503, code: 'busy' });
      expect(headers['retry-after']).toBe('1');
    }
  });
  expect((await shop.call('get', '/v1/products?q=product&total=exact')).status).toBe(200);
});

test.each(['1', '2'])('serves every kind of request with a pool of %s', async (max) => {
  const small = await startShop({ DATABASE_URL: shop.env.DATABASE_URL, DB_POOL_MAX: max });
  const productId = await makeProduct(shop, manager, { stockQuantity: 100 });
  const call = { token: buyer.token, body: { items: [{ productId, quantity: 1 }], paymentMethod: 'external' } };
  const round = () => [
    small.call('get', `/v1/products/${productId}`),
    small.call('get', '/v1/products?q=product&total=exact'),
    small.call('get', '/v1/products?status=active&page=1'),
    small.call('get', '/health'),
    small.call('patch', `/v1/products/${productId}`, { token: manager.token, body: { brand: 'Small' } }),
    small.call('post', '/v1/orders', call),
  ];
  const responses = await Promise.all([1, 2, 3].flatMap(round));
  expect(responses.map(({ status }) => status)).toEqual([1, 2, 3].flatMap(() => [200, 200, 200, 200, 200, 201]));
  await small.close();
});

const RUNNING = `SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND state = 'active' AND query LIKE '%pg_sleep(60)%'
  AND pid <> pg_backend_pid()`;
const running = () => shop.query<{ pid: number }>(RUNNING);

test('cancels the slow statement of a client that hangs up, and lends its connection again', async () => {
  const client = new AbortController();
  const ctx = { ...shop, hangUpSignal: () => client.signal } as unknown as Parameters<typeof queryInShare>[0];
  const sleeping = queryInShare(ctx, 'slow', { text: 'SELECT pg_sleep(60)', values: [] });
  const rejected = expect(sleeping).rejects.toMatchObject({ code: '57014' });
  let backends = await running();
  while (backends.length === 0) backends = await running();
  client.abort();
  await rejected;
  expect(await running()).toEqual([]);
  const [again] = await queryInShare<{ pid: number }>({ ...ctx, hangUpSignal: () => new AbortController().signal }, 'slow', {
    text: 'SELECT pg_backend_pid() AS pid',
    values: [],
  });
  expect(again?.pid).toBe(backends[0]?.pid);
});

test('never cancels a statement of another client, whenever the first one hangs up', async () => {
  const upTo = (count: number) => Array.from({ length: count }, (_, n) => n);
  const quick = (n: number, signal?: AbortSignal) =>
    queryInShare<{ n: number }>({ ...shop, hangUpSignal: () => signal } as unknown as Parameters<typeof queryInShare>[0], 'list', {
      text: 'SELECT $1::int AS n, count(*) FROM generate_series(1, 2000)',
      values: [n],
    });
  for (let round = 0; round < 40; round += 1) {
    const client = new AbortController();
    const leaving = quick(-1, client.signal).catch(({ code, type }) =>
      expect([code, type?.code]).toContain(code ? '57014' : 'unavailable'),
    );
    const staying = Promise.all(upTo(6).map((n) => quick(n)));
    for (let turn = 0; turn < round % 8; turn += 1) await new Promise(setImmediate);
    client.abort();
    expect((await staying).map(([row]) => row?.n)).toEqual(upTo(6));
    await leaving;
  }
});
