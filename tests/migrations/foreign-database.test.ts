import { migrate } from '../../src/migrator/migrate';
import { SequelizeCliError, sequelizeCli } from '../../src/migrator/sequelize-cli';
import { dumpSchema } from '../database/schema/support/dump';
import { Connection } from '../database/schema/support/query';
import { createTestDatabase, type TestDatabase } from '../support/database';

let database: TestDatabase;
let connection: Connection;

beforeEach(async () => {
  database = await createTestDatabase();
  connection = new Connection(database.url);
  await connection.open();
});
afterEach(async () => {
  await connection.close();
  await database.drop();
});

const REFUSED =
  /^.*This database was made by migrations that this version does not have \(first: (20261121000100-create-functions|20991231000000-from-the-future)\.ts\): use an empty database, or the version of Storekeeper that made it\.$/m;

test.each(['20261121000100-create-functions.ts', '20991231000000-from-the-future.ts'])(
  'refuses a database with the migration %s in one sentence, and changes nothing',
  async (name) => {
    await connection.query(`INSERT INTO "SequelizeMeta" (name) VALUES ('${name}')`);
    const before = await dumpSchema(database.url);
    await expect(migrate(database.url, { log: () => undefined, waitMs: 10_000 })).rejects.toThrow(REFUSED);
    const byHand = sequelizeCli(database.url, ['db:migrate'], () => undefined);
    await expect(byHand).rejects.toThrow(SequelizeCliError);
    await expect(byHand).rejects.toThrow(REFUSED);
    expect(await dumpSchema(database.url)).toEqual(before);
  },
);

test('refuses a database that only former migrations made', async () => {
  await connection.query('UPDATE "SequelizeMeta" SET name = replace(name, $$20261127$$, $$20261121$$)');
  await expect(migrate(database.url, { log: () => undefined, waitMs: 10_000 })).rejects.toThrow(REFUSED);
});
