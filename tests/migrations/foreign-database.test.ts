import { SequelizeCliError, sequelizeCli } from '../../src/migrator/cli/sequelize-cli';
import { migrate } from '../../src/migrator/migrate';
import { dumpSchema } from '../database/schema/support/dump';
import { Connection } from '../database/schema/support/query';
import { databaseCommand, ProjectProcess } from '../startup/support/project-process';
import { createTestDatabase, type TestDatabase } from '../support/database';

jest.setTimeout(60_000);

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
  /^.*This database has (a migration|\d+ migrations) that this version of Storekeeper does not know \(first: (20261121000100-create-functions|20991231000000-from-the-future)\.ts\): start the version that made it, or a newer one, or use an empty database\.$/m;

test.each(['20261121000100-create-functions.ts', '20991231000000-from-the-future.ts'])(
  'a start and every command refuse a database with the unknown migration %s in one sentence, and change nothing',
  async (name) => {
    await connection.query(`INSERT INTO "SequelizeMeta" (name) VALUES ('${name}')`);
    const before = await dumpSchema(database.url);
    await expect(migrate(database.url, { log: () => undefined, waitMs: 10_000 })).rejects.toThrow(REFUSED);
    const byHand = sequelizeCli(database.url, ['db:migrate'], () => undefined);
    await expect(byHand).rejects.toThrow(SequelizeCliError);
    await expect(byHand).rejects.toThrow(REFUSED);
    const settings = { DATABASE_URL: database.url };
    const others = [
      new ProjectProcess(settings),
      ...['migrate', 'seed', 'seed:undo', 'reset'].map((command) => databaseCommand(settings, command)),
    ];
    for (const { ended } of others) expect((await ended).code).toBe(1);
    for (const { output } of others) expect(output).toMatch(REFUSED);
    expect(await dumpSchema(database.url)).toEqual(before);
  },
);

test('refuses a database that only former migrations made', async () => {
  await connection.query('UPDATE "SequelizeMeta" SET name = replace(name, $$20261127$$, $$20261121$$)');
  await expect(migrate(database.url, { log: () => undefined, waitMs: 10_000 })).rejects.toThrow(REFUSED);
});
