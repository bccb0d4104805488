import { createTestDatabase, type TestDatabase } from '../../support/database';
import { Connection } from './support/query';

let database: TestDatabase;
let connection: Connection;

const PERSON = '0199a000-0000-7000-8000-000000000001';

beforeAll(async () => {
  database = await createTestDatabase();
  connection = new Connection(database.url);
  await connection.open();
  await connection.query(`INSERT INTO users (id, email, username, first_name, last_name)
    VALUES ('${PERSON}', 'person@example.com', 'person', 'A', 'Person')`);
});
afterAll(async () => {
  await connection.close();
  await database.drop();
});

const addValue = (audit: string) =>
  connection.query(`INSERT INTO audit_personal (id, audit_log_occurred_at, audit_log_id, user_id, column_name, new_value, salt)
    SELECT uuid_v7(), occurred_at, ${audit}, '${PERSON}', 'first_name', '"A"', 'salt' FROM audit_logs WHERE table_name = 'users'`);

test('keeps a personal value beside its entry of the log, and an erasure deletes the value alone', async () => {
  await addValue('id');
  const entries = await connection.query('SELECT * FROM audit_logs');
  expect(await connection.query('SELECT column_name, old_value, new_value FROM audit_personal')).toEqual([
    { column_name: 'first_name', old_value: null, new_value: 'A' },
  ]);
  await connection.query(`DELETE FROM audit_personal WHERE user_id = '${PERSON}'`);
  expect(await connection.query('SELECT FROM audit_personal')).toEqual([]);
  expect(await connection.query('SELECT * FROM audit_logs')).toEqual(entries);
});

test('refuses a value without an entry', async () => {
  await expect(addValue('uuid_v7()')).rejects.toMatchObject({ constraint: 'audit_personal_audit_log_occurred_at_audit_log_id_fk' });
});
