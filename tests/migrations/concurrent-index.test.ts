import { createTestDatabase, type TestDatabase } from '../support/database';
import { MigrationFolder } from './support/migration-folder';

const NAME = '20990101000100-index-parcels.ts';

jest.setTimeout(60_000);

let database: TestDatabase;
let folder: MigrationFolder;

beforeEach(async () => {
  database = await createTestDatabase();
  folder = new MigrationFolder(database.url);
  await folder.query('CREATE TABLE parcels (code integer)');
  folder.writeIndex(NAME, { name: 'parcels_code_key', on: 'parcels (code)', unique: true });
});
afterEach(async () => {
  folder.remove();
  await database.drop();
});

const index = () =>
  folder.query<{ oid: string; valid: boolean; uniq: boolean }>(
    `SELECT indexrelid::text AS oid, indisvalid AS valid, indisunique AS uniq FROM pg_index WHERE indexrelid = to_regclass('parcels_code_key')`,
  );

test('drops the INVALID index of a failed build before it builds the index again', async () => {
  await folder.query('INSERT INTO parcels VALUES (7), (7)');
  const failed = await folder.migrate();
  expect(failed.code).toBe(1);
  expect(failed.output).toMatch(/index-parcels: migrating[\s\S]*could not create unique index "parcels_code_key"/);
  expect(await index()).toEqual([{ oid: expect.any(String), valid: false, uniq: true }]);
  expect(await folder.done()).toEqual([]);

  await folder.query('DELETE FROM parcels WHERE ctid = (SELECT min(ctid) FROM parcels)');
  expect(await folder.migrate()).toMatchObject({ code: 0 });
  expect(await index()).toEqual([{ oid: expect.any(String), valid: true, uniq: true }]);
  expect(await folder.done()).toEqual([NAME]);
});

test('replaces an index that PostgreSQL finished after the migrator was killed', async () => {
  await folder.query('CREATE INDEX parcels_code_key ON parcels (code)');
  expect(await folder.migrate()).toMatchObject({ code: 0 });
  expect(await index()).toEqual([{ oid: expect.any(String), valid: true, uniq: true }]);
  expect(await folder.done()).toEqual([NAME]);
});
