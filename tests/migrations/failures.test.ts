import { Client } from 'pg';
import { MIGRATION_LOCK } from '../../src/migrator/lock/migration-lock';
import { createTestDatabase, type TestDatabase } from '../support/database';
import { MigrationFolder } from './support/migration-folder';

const [FIRST, SECOND, THIRD] = ['20990101000100-first.ts', '20990101000200-second.ts', '20990101000300-third.ts'] as const;
const NAMES = [FIRST, SECOND, THIRD];

jest.setTimeout(60_000);

let database: TestDatabase;
let folder: MigrationFolder;

beforeEach(async () => {
  database = await createTestDatabase();
  folder = new MigrationFolder(database.url);
  await folder.query('CREATE TABLE runs (name text)');
  for (const name of NAMES) folder.writeSql(name, `INSERT INTO runs VALUES ('${name}')`, `DELETE FROM runs WHERE name = '${name}'`);
});
afterEach(async () => {
  folder.remove();
  await database.drop();
});

const runs = async () => (await folder.query<{ name: string }>('SELECT name FROM runs ORDER BY name')).map(({ name }) => name);

test('rolls back a migration that fails half-way, names it with its error, and continues with it in the next run', async () => {
  const half = `CREATE TABLE half (n integer); INSERT INTO runs VALUES ('${SECOND}'); ALTER TABLE products ADD COLUMN half integer;`;
  folder.writeSql(SECOND, `${half} SELECT 1 / (SELECT count(*) FROM half);`, '');
  const failed = await folder.migrate();
  expect(failed.code).toBe(1);
  expect(failed.output).toMatch(/first: migrated[\s\S]*second: migrating[\s\S]*division by zero/);
  expect(failed.output).not.toContain('third');
  expect(await runs()).toEqual([FIRST]);
  expect(await folder.done()).toEqual([FIRST]);
  const left = `SELECT to_regclass('half') AS relation UNION ALL SELECT attrelid FROM pg_attribute WHERE attname = 'half'`;
  expect(await folder.query(left)).toEqual([{ relation: null }]);

  folder.writeSql(SECOND, half, '');
  const mended = await folder.migrate();
  expect(mended.code).toBe(0);
  expect(mended.output).not.toContain('first: migrating');
  expect(await runs()).toEqual(NAMES);
  expect(await folder.done()).toEqual(NAMES);
});

test('runs each migration once where two db:migrate run in parallel, and lets both succeed', async () => {
  const holder = new Client({ connectionString: database.url });
  await holder.connect();
  await holder.query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK]);
  const both = [folder.start(), folder.start()];
  // Both are seen to wait, so that they really meet.
  await Promise.all(both.map((command) => command.until('Waiting for another process')));
  await holder.end();
  expect(await Promise.all(both.map(({ ended }) => ended))).toMatchObject([{ code: 0 }, { code: 0 }]);
  expect(both.map(({ output }) => output.match(/: migrated/g)?.length ?? 0).sort()).toEqual([0, 3]);
  expect(await runs()).toEqual(NAMES);
  expect(await folder.done()).toEqual(NAMES);
});
