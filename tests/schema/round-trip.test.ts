import { Client } from 'pg';
import { Sequelize } from 'sequelize';
import { loadNorthwind } from '../../seeders/northwind/load-northwind';
import { sequelizeCli } from '../../src/database/migrator/sequelize-cli';
import { createTestDatabase, type TestDatabase } from '../support/database';
import { dumpSchema } from './dump';

let database: TestDatabase;

beforeEach(async () => {
  database = await createTestDatabase();
});
afterEach(() => database.drop());

const cli = (command: string) => sequelizeCli(database.url, [command], () => undefined);

async function schema(): Promise<string[]> {
  const client = new Client({ connectionString: database.url });
  await client.connect();
  const lines = await dumpSchema(client);
  await client.end();
  return lines;
}

jest.setTimeout(60_000);

test('up, all down and up again, with the demo shop loaded, is the same schema; all down is nothing', async () => {
  const before = await schema();
  expect(before.length).toBeGreaterThan(300);
  const sequelize = new Sequelize(database.url, { dialect: 'postgres', logging: false });
  await loadNorthwind(sequelize);
  await sequelize.close();
  await cli('db:migrate:undo:all');
  expect(await schema()).toEqual(['extension plpgsql']);
  await cli('db:migrate');
  expect(await schema()).toEqual(before);
});
