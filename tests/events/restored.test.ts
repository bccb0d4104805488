import { withClient } from '../../src/database/connection/open-client';
import { continueFeed } from '../../src/events/feed/continue-feed.queries';
import { eventCatalogue } from '../../src/routes';
import { makeProduct } from '../factories/products';
import { useShop } from '../support/use-shop';

const { shop, admin } = useShop({ admin: 'admin' });

/* As each start does, as the owner. */
const start = () => withClient(shop.env.MIGRATION_DATABASE_URL, continueFeed);
const get = (after: string) => shop.call('get', `/v1/events?after=${after}&types=products.*`, { token: admin.token });
const cursorNow = async () => (await get('latest')).body.pagination.nextCursor as string;

/* As a dump of a cluster far ahead leaves the database: with its positions and its origin. */
async function restoreFrom(origin: string, position: number): Promise<void> {
  await shop.query(`CREATE OR REPLACE FUNCTION feed_origin() RETURNS text LANGUAGE sql STABLE AS 'SELECT ''${origin}''::text'`);
  await shop.query(
    `INSERT INTO audit_logs (id, change_set_id, table_name, record_id, action, actor, feed_position)
     VALUES (uuid_v7(), uuid_v7(), 'products', uuid_v7(), 'CREATE', 'db:dump', ${position})`,
  );
}

test('a start changes nothing where the database is the one that it was', async () => {
  expect(await start()).toBe(false);
  const before = await shop.query('SELECT feed_offset() AS offset, feed_origin() AS origin');
  expect(await start()).toBe(false);
  expect(await shop.query('SELECT feed_offset() AS offset, feed_origin() AS origin')).toEqual(before);
});

test('after a restore into another cluster, old events are shown, new ones follow them, and earlier cursors still serve', async () => {
  const before = await cursorNow();
  await restoreFrom('another/1', 9_000_000_000);
  const hidden = await get(before);
  expect(hidden.body).toMatchObject({ data: [], heldSince: expect.any(String) });
  expect(await start()).toBe(true);
  const id = await makeProduct(shop, admin);
  const { body } = await get(before);
  expect(body.data.map(({ actor }: { actor: string }) => actor)).toEqual(['db:dump', `user:${admin.id}`]);
  expect(body.data[1].object.id).toBe(id);
  expect((await get(body.pagination.nextCursor)).body.data).toEqual([]);
});

test('refuses a cursor that is ahead of the backup, and says what to do', async () => {
  const ahead = await cursorNow();
  await shop.query("CREATE OR REPLACE FUNCTION feed_offset() RETURNS bigint LANGUAGE sql STABLE AS 'SELECT 0::bigint'");
  const { status, body } = await get(ahead);
  expect([status, body.code]).toEqual([400, 'invalid_cursor']);
  expect(body.detail).toContain('restored from a backup');
});

test('every audited table has events, under one name', async () => {
  const tables = await shop.query<{ name: string }>(
    `SELECT DISTINCT tgrelid::regclass::text AS name FROM pg_trigger WHERE tgname = tgrelid::regclass || '_audit_insert' ORDER BY 1`,
  );
  expect(eventCatalogue.sources.map((source) => source.table()).sort()).toEqual(tables.map(({ name }) => name));
  for (const { type, isSoftDeleted, table } of eventCatalogue.sources) {
    const [row] = await shop.query<{ paranoid: boolean }>(
      `SELECT EXISTS (SELECT FROM pg_attribute WHERE attrelid = '${table()}'::regclass AND attname = 'deleted_at') AS paranoid`,
    );
    expect([type, isSoftDeleted]).toEqual([type, row?.paranoid]);
  }
});
