import { allMigrations } from '../migrations/support/sent';
import { type Shop, startShop } from '../support/shop';

let shop: Shop;

beforeAll(async () => {
  shop = await startShop();
});
afterAll(() => shop.close());

const UUID_V7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

async function requireIds(): Promise<void> {
  const rows = await shop.query<{ id: string; before: string; after: string }>(
    `SELECT floor(extract(epoch FROM statement_timestamp()) * 1000) AS before, uuid_v7() AS id,
       ceil(extract(epoch FROM clock_timestamp()) * 1000) AS after FROM generate_series(1, 100)`,
  );
  for (const { id, before, after } of rows) {
    expect(id).toMatch(UUID_V7);
    const time = Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16);
    // PostgreSQL's own ids rise within a process, so that of a burst may be some time ahead.
    expect(time).toBeGreaterThanOrEqual(Number(before));
    expect(time).toBeLessThanOrEqual(Number(after) + 1);
  }
  expect(new Set(rows.map(({ id }) => id)).size).toBe(100);
}

const migration = () => {
  const found = allMigrations().find(({ name }) => name.endsWith('let-postgresql-make-ids.ts'));
  if (!found) throw new Error('The migration has another name.');
  return found;
};

test('generates ids of version 7 in triggers, by the function of PostgreSQL 18 where there is one', async () => {
  await requireIds();
  const [body] = await shop.query(
    `SELECT prosrc ~ 'uuidv7' = (current_setting('server_version_num')::int >= 180000) AS expected FROM pg_proc WHERE proname = 'uuid_v7'`,
  );
  expect(body).toEqual({ expected: true });
});

test('generates ids of version 7 on an older PostgreSQL, which the down migration restores', async () => {
  await migration().down(shop.sequelize.getQueryInterface());
  expect(await shop.query(`SELECT FROM pg_proc WHERE proname = 'uuid_v7' AND prosrc ~ 'gen_random_uuid'`)).toHaveLength(1);
  await requireIds();
  await migration().up(shop.sequelize.getQueryInterface());
});
