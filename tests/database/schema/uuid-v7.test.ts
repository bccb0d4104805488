import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PROJECT_FOLDER } from '../../../config/project';
import { useShop } from '../../support/use-shop';

const { shop } = useShop();

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

/* The file makes the function on older servers only: here always. */
const forOlderServers = readFileSync(join(PROJECT_FOLDER, 'migrations/functions/stamps/rising_uuid_v7.sql'), 'utf8').replace(
  '< 180000',
  '< 999999',
);

test('triggers make version 7 UUIDs of the current time, by PostgreSQL’s own function where it has one', async () => {
  await requireIds();
  const [body] = await shop.query(
    `SELECT prosrc ~ 'uuidv7' = (current_setting('server_version_num')::int >= 180000) AS expected FROM pg_proc WHERE proname = 'uuid_v7'`,
  );
  expect(body).toEqual({ expected: true });
});

test('the function for older servers makes version 7 UUIDs of the current time', async () => {
  await shop.owner.query(forOlderServers);
  expect(await shop.query(`SELECT FROM pg_proc WHERE proname = 'uuid_v7' AND prosrc ~ 'gen_random_uuid'`)).toHaveLength(1);
  await requireIds();
});

test('the function for older servers tells changes within a millisecond apart, in their order', async () => {
  await shop.owner.query(forOlderServers);
  const [row] = await shop.query<{ made: number; ordered: boolean }>(
    `SELECT count(DISTINCT left(id::text, 18))::int AS made, array_agg(left(id::text, 18)) = array_agg(left(id::text, 18) ORDER BY id) AS ordered
     FROM (SELECT uuid_v7() AS id FROM generate_series(1, 1000)) ids`,
  );
  expect(row?.ordered).toBe(true);
  expect(row?.made).toBeGreaterThan(20);
});
