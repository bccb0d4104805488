import { Client } from 'pg';
import { Sequelize } from 'sequelize';
import { loadNorthwind } from '../../../seeders/northwind/load-northwind';
import { sequelizeCli } from '../../../src/migrator/cli/sequelize-cli';
import { admit, createTestDatabase, type TestDatabase } from '../../support/database';
import { dumpSchema } from './support/dump';

let database: TestDatabase;

beforeEach(async () => {
  database = await createTestDatabase();
});
afterEach(() => database.drop());

jest.setTimeout(60_000);

const cli = (command: string) => sequelizeCli(database.url, [command], () => undefined);

async function query<Row extends object>(sql: string): Promise<Row[]> {
  const client = new Client({ connectionString: database.url });
  await client.connect();
  const { rows } = await client.query<Row>(sql);
  await client.end();
  return rows;
}

test('migrates down to an empty schema and up again to the same one, with the demo shop loaded', async () => {
  const before = await dumpSchema(database.url);
  expect(before.length).toBeGreaterThan(500);
  await loadDemoShop();
  await cli('db:migrate:undo:all');
  expect(await dumpSchema(database.url)).toEqual([expect.stringMatching(/^extension plpgsql /)]);
  expect(await query('SELECT name FROM "SequelizeMeta"')).toEqual([]);
  await cli('db:migrate');
  await admit(database.name);
  expect(await dumpSchema(database.url)).toEqual(before);
});

const CHANGES = [
  'ALTER TABLE balance_entries ALTER amount TYPE numeric(14,2)',
  'ALTER TABLE products ALTER featured DROP NOT NULL',
  'ALTER TABLE products ALTER featured SET DEFAULT true',
  'ALTER TABLE products DROP CONSTRAINT products_price_check',
  'ALTER TABLE products DISABLE TRIGGER products_stamp',
  'DROP INDEX products_name_idx',
  'GRANT DELETE ON audit_logs TO shop_test',
  'GRANT UPDATE (note) ON stock_movements TO shop_test',
  `CREATE OR REPLACE FUNCTION session_variable(name text) RETURNS text LANGUAGE sql AS 'SELECT name'`,
  'CREATE SEQUENCE left_over',
  `CREATE TYPE left_over_type AS ENUM ('a')`,
  'CREATE VIEW left_over_view AS SELECT 1 AS one',
];

test('reports every kind of change of a schema', async () => {
  const unseen = [];
  let before = await dumpSchema(database.url);
  for (const change of CHANGES) {
    await query(change);
    const after = await dumpSchema(database.url);
    if (after.join() === before.join()) unseen.push(change);
    before = after;
  }
  expect(unseen).toEqual([]);
});

async function loadDemoShop(): Promise<void> {
  const sequelize = new Sequelize(database.url, { dialect: 'postgres', logging: false });
  await loadNorthwind(sequelize);
  await sequelize.close();
  expect(await query('SELECT count(*)::integer AS orders FROM orders')).toEqual([{ orders: 830 }]);
}
