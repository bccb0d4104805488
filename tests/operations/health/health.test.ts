import { signUp } from '../../factories/people';
import { behindLock } from '../../support/behind-lock';
import { recordStatements } from '../../support/query-recorder';
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

test.each(['admin', 'auditor'] as const)('shows versions, pool, migrations and jobs to the %s', async (role) => {
  const { token } = await signUp(shop, role);
  const { body } = await shop.call('get', '/health', { token });
  expect(body).toMatchObject({
    status: 'ok',
    database: { version: expect.stringMatching(/^\d+/), latencyMs: expect.any(Number), isWritable: true, isDiskFull: false },
    pool: { max: 10 },
    migrations: { isUpToDate: true, pending: [], unknown: [] },
    storage: { isReachable: true },
    jobs: { waiting: 0, active: 0, failed: 0, dead: 0, oldestSeconds: 0 },
  });
  expect(body.migrations.applied).toBeGreaterThan(7);
});

test.each([undefined, 'customer', 'support', 'manager'] as const)('shows only the status to %s', async (role) => {
  const caller = role ? await signUp(shop, role) : {};
  const { status, body } = await shop.call('get', '/health', caller);
  expect([status, body]).toEqual([200, { status: 'ok' }]);
});

test('reads no token in a probe, so that one costs no query and a broken one fails no probe', async () => {
  const { token } = await signUp(shop, 'admin');
  expect(await recordStatements(() => shop.call('get', '/health/live', { token }))).toEqual([]);
  const ready = await recordStatements(() => shop.call('get', '/health/ready', { token }));
  expect(ready.filter((text) => /user|role|token/.test(text))).toEqual([]);
  for (const path of ['/health/live', '/health/ready']) expect((await shop.call('get', path, { token: 'x.y.z' })).status).toBe(200);
  expect((await shop.call('get', '/health', { token: 'x.y.z' })).status).toBe(401);
});

test('is alive without a database, but not ready', async () => {
  const { token } = await signUp(shop, 'admin');
  const name = new URL(shop.env.DATABASE_URL).pathname.slice(1);
  await onServer((client) => client.query(`DROP DATABASE ${name} WITH (FORCE)`));
  expect((await shop.call('get', '/health/live', { token })).status).toBe(200);
  expect((await shop.call('get', '/health')).status).toBe(503);
  expect((await shop.call('get', '/health/ready')).status).toBe(503);
});

test('is not ready where every migration was undone', async () => {
  await shop.query('DROP TABLE "SequelizeMeta"');
  const { status, body } = await shop.call('get', '/health/ready');
  expect([status, body.detail]).toEqual([503, 'Migrations are pending: run "npm run db:migrate".']);
});

test('stays ready, and names the migrations, where a newer version has migrated the database meanwhile', async () => {
  await shop.query(`INSERT INTO "SequelizeMeta" (name) VALUES ('20991231000000-from-the-future.ts')`);
  expect((await shop.call('get', '/health/ready')).status).toBe(200);
  const { token } = await signUp(shop, 'admin');
  expect((await shop.call('get', '/health', { token })).body.migrations).toMatchObject({
    isUpToDate: true,
    unknown: ['20991231000000-from-the-future.ts'],
  });
});

test('fifty health requests at once take one connection', async () => {
  const sessions = `SELECT FROM pg_stat_activity WHERE query LIKE '%FROM "SequelizeMeta"%' AND pid <> pg_backend_pid() AND state = 'active'
    AND datname = current_database()`;
  const responses = await behindLock(
    shop,
    {
      sql: 'LOCK TABLE "SequelizeMeta"',
      values: [],
      meanwhile: async () => {
        // Answered after those that were sent before it have arrived.
        await shop.call('get', '/health/live');
        expect(await shop.query(sessions)).toHaveLength(1);
      },
    },
    () => Promise.all(Array.from({ length: 50 }, (_, index) => shop.call('get', index % 2 === 0 ? '/health/ready' : '/health'))),
  );
  expect(responses.filter(({ status }) => status === 200)).toHaveLength(50);
});

/* The body of a function that fails as PostgreSQL does on a full disk. */
const FULL = `'BEGIN RAISE EXCEPTION ''could not extend file: No space left on device'' USING ERRCODE = ''disk_full''; END'`;

/* What readiness knows of the disk may be five seconds old: the clock of the process, not the test, skips them. */
function skipFreshness(): void {
  const now = performance.now.bind(performance);
  jest.spyOn(performance, 'now').mockImplementation(() => now() + 5_001);
}

afterEach(() => jest.restoreAllMocks());

async function requireDiskFull(): Promise<void> {
  const { status, body } = await shop.call('get', '/health/ready');
  expect([status, body.detail]).toEqual([503, 'The disk of the database is full: free some space.']);
}

test('is not ready once a write was refused because the disk is full, and ready again when there is room', async () => {
  const { token } = await signUp(shop, 'manager');
  await shop.query(`CREATE FUNCTION refuse_full() RETURNS trigger LANGUAGE plpgsql AS ${FULL}`);
  await shop.query('CREATE TRIGGER a_full_disk BEFORE INSERT ON tags FOR EACH ROW EXECUTE FUNCTION refuse_full()');
  expect((await shop.call('get', '/health/ready')).status).toBe(200);
  expect((await shop.call('post', '/v1/tags', { token, body: { name: 'Spicy' } })).status).toBe(503);
  await requireDiskFull();
  expect(await shop.query('SELECT FROM tags')).toEqual([]);
  await shop.query('DROP TRIGGER a_full_disk ON tags');
  await requireDiskFull();
  skipFreshness();
  expect((await shop.call('get', '/health/ready')).status).toBe(200);
});

test('is not ready where the disk is full and nobody has written yet', async () => {
  const name = new URL(shop.env.DATABASE_URL).pathname.slice(1);
  await shop.query(`CREATE FUNCTION public.generate_series(integer, integer) RETURNS SETOF integer LANGUAGE plpgsql AS ${FULL}`);
  await onServer(async (client) => {
    await client.query(`ALTER DATABASE ${name} SET search_path = public, pg_catalog`);
    await client.query('SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = $1', [name]);
  });
  await requireDiskFull();
  expect((await shop.call('get', '/health/live')).status).toBe(200);
});
