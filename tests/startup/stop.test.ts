import { Client } from 'pg';
import { createTestDatabase, type TestDatabase } from '../support/database';
import { ProjectProcess } from './support/project-process';

jest.setTimeout(60_000);

const SIGN_IN = { email: 'admin@storekeeper.example', password: 'a-pass-phrase-for-tests' };

let database: TestDatabase;
let locker: Client;

beforeEach(async () => {
  database = await createTestDatabase();
  locker = new Client({ connectionString: database.url });
  locker.on('error', () => undefined);
  await locker.connect();
});
afterEach(async () => {
  await locker.end();
  await database.drop();
});

function start(settings: NodeJS.ProcessEnv): ProjectProcess {
  return new ProjectProcess({ DATABASE_URL: database.url, ADMIN_PASSWORD: SIGN_IN.password, ...settings });
}

/* Signs in behind a lock, so that the request is in flight until the test ends it. */
async function requestInFlight(address: string): Promise<{ readonly outcome: Promise<unknown> }> {
  await locker.query('BEGIN');
  await locker.query('LOCK TABLE users');
  const outcome = fetch(`${address}/v1/auth/login`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(SIGN_IN),
  }).then(
    ({ status }) => status,
    () => 'aborted',
  );
  const waiting = `SELECT FROM pg_locks WHERE NOT granted AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`;
  while ((await locker.query(waiting)).rowCount === 0);
  return { outcome };
}

test('a stop takes no longer than SHUTDOWN_TIMEOUT_MS, also where a request never ends and the database does not answer', async () => {
  const shop = start({ SHUTDOWN_TIMEOUT_MS: '1500', LOCK_TIMEOUT_MS: '600000', STATEMENT_TIMEOUT_MS: '600000' });
  const { outcome } = await requestInFlight(await shop.address());
  expect(await shop.stop()).toEqual({ code: 0, signal: null });
  expect(await outcome).toBe('aborted');
  expect(shop.output).toMatch(/Requests that took longer than \d+ ms were aborted[\s\S]*Stopped/);
});

test('a second signal ends the process at once', async () => {
  const shop = start({ SHUTDOWN_TIMEOUT_MS: '600000', LOCK_TIMEOUT_MS: '600000', STATEMENT_TIMEOUT_MS: '600000' });
  await requestInFlight(await shop.address());
  // Signals that follow each other closely count as one, as npm repeats Ctrl-C.
  const signals = setInterval(() => shop.child.kill('SIGTERM'), 50);
  expect(await shop.ended).toEqual({ code: 143, signal: null });
  clearInterval(signals);
  expect(shop.output).toContain('SIGTERM again: ended at once');
});

test.each(['SIGTERM', 'SIGINT', 'SIGHUP'] as const)('%s stops the shop, and no view of a product is lost', async (signal) => {
  const shop = start({});
  const address = await shop.address();
  const { rows } = await locker.query<{ id: string }>(
    `INSERT INTO products (id, name, slug, sku, price, status) VALUES (uuid_v7(), 'Chai', 'chai', 'TEA', 1, 'active') RETURNING id`,
  );
  const view = () =>
    fetch(`${address}/v1/products/${rows[0]?.id}/views`, {
      method: 'POST',
      headers: { 'User-Agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0' },
    });
  const counted = await Promise.all(Array.from({ length: 50 }, view));
  expect(new Set(counted.map(({ status }) => status))).toEqual(new Set([202]));
  expect(await shop.stop(signal)).toEqual({ code: 0, signal: null });
  expect(shop.output).toContain('Stopped');
  expect((await locker.query('SELECT view_count FROM product_views')).rows).toEqual([{ view_count: '50' }]);
});

test('the shop goes on where nobody reads its output any more', async () => {
  const shop = start({ LOG_LEVEL: 'debug' });
  const address = await shop.address();
  shop.child.stdout?.destroy();
  shop.child.stderr?.destroy();
  // Each request writes a line of the log.
  for (let request = 0; request < 20; request += 1) expect((await fetch(`${address}/health/ready`)).status).toBe(200);
  expect(await shop.stop()).toEqual({ code: 0, signal: null });
});
