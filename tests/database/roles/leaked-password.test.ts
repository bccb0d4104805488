import { Client } from 'pg';
import { makeProduct } from '../../factories/products';
import { OWNER } from '../../support/server';
import { useShop } from '../../support/use-shop';
import { REWRITING, RISING, SWITCHING_OFF, type Way } from './ways';

/* Whoever has the password of the API, and nothing else. */

const { shop, admin } = useShop({ admin: 'admin' });
let thief: Client;
let before: unknown;

beforeAll(async () => {
  await makeProduct(shop, admin, { stockQuantity: 7 });
  await shop.query('UPDATE users SET balance = balance + 5');
  thief = new Client({ connectionString: shop.env.DATABASE_URL });
  // Its session ends with the database.
  thief.on('error', () => undefined);
  await thief.connect();
  before = await books();
});
afterAll(() => thief.end());

const BOOKS = [
  'audit_logs',
  'audit_personal',
  'stock_movements',
  'balance_entries',
  'products',
  'users',
  '"SequelizeMeta"',
  'pgboss.queue',
  'pgboss.schedule',
];

/* The rows of the log and the ledgers, what they record, and what guards them. */
async function books(): Promise<unknown> {
  const rows = BOOKS.map((table) => `(SELECT md5(string_agg(t::text, '' ORDER BY t::text)) FROM ${table} t) AS ${table.replace('.', '_')}`);
  return shop.query(`SELECT ${rows.join(', ')},
    (SELECT count(*)::int FROM audit_logs) AS entries,
    (SELECT md5(string_agg(concat(tgrelid::regclass, tgname, tgenabled, pg_get_triggerdef(oid)), '' ORDER BY tgrelid, tgname)) FROM pg_trigger t WHERE NOT tgisinternal) AS triggers,
    (SELECT md5(string_agg(prosrc, '' ORDER BY p.oid)) FROM pg_proc p WHERE proowner = current_user::regrole) AS functions,
    (SELECT md5(string_agg(concat(relname, relowner, relacl), '' ORDER BY oid)) FROM pg_class WHERE oid > 16384 AND relpersistence = 'p') AS relations,
    (SELECT md5(string_agg(r::text, '' ORDER BY rolname)) FROM pg_roles r) AS roles`);
}

async function filled({ sql }: Way): Promise<string> {
  const [row] = await shop.query<{ database: string; partition: string; queue: string }>(
    `SELECT current_database() AS database, tableoid::regclass::text AS partition,
       (SELECT inhrelid::regclass::text FROM pg_inherits WHERE inhparent = 'pgboss.job'::regclass LIMIT 1) AS queue FROM audit_logs LIMIT 1`,
  );
  return Object.entries({ ...row, owner: OWNER }).reduce((text, [name, value]) => text.replace(`{${name}}`, value), sql);
}

describe.each([
  ['rewrites the books', REWRITING],
  ['switches their guards off', SWITCHING_OFF],
  ['makes more of itself', RISING],
])('who %s', (_what, ways) => {
  test.each(ways)('is refused: $does', async (way) => {
    await expect(thief.query(await filled(way))).rejects.toMatchObject({ severity: 'ERROR', code: way.refused ?? '42501' });
  });

  test('leaves the books and their guards as they were', async () => {
    expect(await books()).toEqual(before);
  });
});

test('what PostgreSQL only warns of changes nothing either', async () => {
  for (const sql of [
    'GRANT ALL ON audit_logs TO CURRENT_USER',
    'VACUUM FULL audit_logs',
    'ANALYZE audit_logs',
    'RESET ROLE',
    'DISCARD ALL',
  ]) {
    await thief.query(sql);
  }
  await expect(thief.query('DELETE FROM audit_logs')).rejects.toMatchObject({ code: '42501' });
  expect(await books()).toEqual(before);
});

test.each(["''", 'pg_catalog', 'information_schema', 'pg_temp', '"$user"'])(
  'under the search path %s a write is recorded, or refused',
  async (path) => {
    await thief.query(`SET search_path = ${path}`);
    await expect(thief.query('UPDATE public.products SET stock_quantity = stock_quantity + 1')).rejects.toMatchObject({
      severity: 'ERROR',
    });
    await thief.query('RESET search_path');
    expect(await books()).toEqual(before);
  },
);

test('a change by that password is recorded by the name of its login, unless it says another', async () => {
  const change = (variables: string) =>
    thief.query(`BEGIN; ${variables}; UPDATE products SET description = coalesce(description, '') || '.'; COMMIT`);
  await change('SELECT 1');
  await change(`SET LOCAL app.actor = 'user:somebody else'`);
  const entries = await shop.query(
    `SELECT actor FROM audit_logs WHERE table_name = 'products' AND action = 'UPDATE' ORDER BY occurred_at, id`,
  );
  expect(entries).toEqual([{ actor: `db:${new URL(shop.env.DATABASE_URL).username}` }, { actor: 'user:somebody else' }]);
});
