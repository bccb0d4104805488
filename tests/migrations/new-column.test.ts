import { attachTriggers, detachTriggers } from '../../migrations/support/migration';
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

interface Entry {
  readonly old_values: unknown;
  readonly new_values: unknown;
}

const edits = () => connection.query<Entry>(`SELECT old_values, new_values FROM audit_logs WHERE action = 'UPDATE'`);

test.each([
  ['products', `'Pen', 'pen', 'PEN', 1`, 'name, slug, sku, price', { counter: 'stock_quantity' }],
  ['tags', `'Pen', 'pen'`, 'name, slug', {}],
] as const)('stamps and records a new column of %s, and restores the schema by its down', async (table, values, columns, triggers) => {
  const before = await dumpSchema(database.url);
  await connection.query(`ALTER TABLE ${table} ADD COLUMN barcode text NULL; ${attachTriggers(table, triggers)}`);
  await connection.query(`INSERT INTO ${table} (id, ${columns}) VALUES (uuid_v7(), ${values})`);
  await connection.query(`UPDATE ${table} SET barcode = '12345670'`);
  expect(await edits()).toEqual([{ old_values: { barcode: null, version: 1 }, new_values: { barcode: '12345670', version: 2 } }]);
  await connection.query(`${detachTriggers(table)} ALTER TABLE ${table} DROP COLUMN barcode; ${attachTriggers(table, triggers)}`);
  expect(await dumpSchema(database.url)).toEqual(before);
});

test('records a new secret column as changed, without its value', async () => {
  await connection.query(`ALTER TABLE tags ADD COLUMN code_hash text NULL; ${attachTriggers('tags', { secrets: ['code_hash'] })}`);
  await connection.query(`INSERT INTO tags (id, name, slug, code_hash) VALUES (uuid_v7(), 'Pen', 'pen', 'before')`);
  await connection.query(`UPDATE tags SET code_hash = 'after'`);
  const [created, ...further] = await connection.query<Entry>(
    `SELECT old_values, new_values FROM audit_logs WHERE table_name = 'tags' ORDER BY id`,
  );
  expect(created?.new_values).toMatchObject({ name: 'Pen', code_hash: '[secret]' });
  expect(further).toEqual([{ old_values: { code_hash: '[secret]', version: 1 }, new_values: { code_hash: '[secret]', version: 2 } }]);
});
