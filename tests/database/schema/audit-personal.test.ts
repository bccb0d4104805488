import { createTestDatabase, type TestDatabase } from '../../support/database';
import { Connection } from './support/query';

let database: TestDatabase;
let connection: Connection;

const PERSON = '0199a000-0000-7000-8000-000000000001';
const DIGEST = expect.stringMatching(/^sha256:[0-9a-f]{64}$/);

interface Entry {
  readonly action: string;
  readonly old: Readonly<Record<string, unknown>> | null;
  readonly new: Readonly<Record<string, unknown>> | null;
}

const entries = (table = 'users') =>
  connection.query<Entry>(
    `SELECT action, old_values AS old, new_values AS new FROM audit_logs WHERE table_name = '${table}' ORDER BY feed_position, id`,
  );
const kept = () => connection.query('SELECT old_values AS old, new_values AS new, user_id FROM audit_personal ORDER BY id');

beforeEach(async () => {
  database = await createTestDatabase();
  connection = new Connection(database.url);
  await connection.open();
  await connection.query(`INSERT INTO users (id, email, username, first_name, last_name)
    VALUES ('${PERSON}', 'person@example.com', 'person', 'A', 'Person')`);
});
afterEach(async () => {
  await connection.close();
  await database.drop();
});

test('keeps personal values beside the log, which has their digests', async () => {
  const [created] = await entries();
  expect(created?.new).toMatchObject({ email: DIGEST, username: DIGEST, first_name: DIGEST, last_name: DIGEST, is_active: true });
  await connection.query(`UPDATE users SET first_name = 'B', balance = 3, is_active = false WHERE id = '${PERSON}'`);
  const [, changed] = await entries();
  expect(changed).toMatchObject({ old: { first_name: DIGEST, is_active: true, balance: 0 }, new: { first_name: DIGEST, balance: 3 } });
  expect(await kept()).toEqual([
    { old: null, new: { email: 'person@example.com', username: 'person', first_name: 'A', last_name: 'Person' }, user_id: PERSON },
    { old: { first_name: 'A' }, new: { first_name: 'B' }, user_id: PERSON },
  ]);
  expect(await connection.query('SELECT amount::text, balance_after::text FROM balance_entries')).toEqual([
    { amount: '3.00', balance_after: '3.00' },
  ]);
});

test('proves an entry by the value and the salt, and gives equal values different digests', async () => {
  await connection.query(`UPDATE users SET first_name = 'B', last_name = 'B' WHERE id = '${PERSON}'`);
  for (const name of ['A', 'B']) await connection.query(`UPDATE users SET first_name = '${name}' WHERE id = '${PERSON}'`);
  const broken = await connection.query(
    `SELECT FROM audit_personal p JOIN audit_logs l ON l.id = p.audit_log_id,
       LATERAL (SELECT key, value, l.old_values AS logged FROM jsonb_each(p.old_values) UNION ALL SELECT key, value, l.new_values FROM jsonb_each(p.new_values)) v
     WHERE v.logged ->> v.key <> personal_digest(v.key, v.value, p.salt)`,
  );
  expect(broken).toEqual([]);
  const [created, both, back, again] = await entries();
  expect(back?.new?.first_name).not.toBe(created?.new?.first_name);
  expect(both?.new?.first_name).not.toBe(both?.new?.last_name);
  expect(both?.new?.first_name).not.toBe(again?.new?.first_name);
});

test('an erasure deletes the values alone', async () => {
  const before = await connection.query('SELECT * FROM audit_logs');
  await connection.query(`DELETE FROM audit_personal WHERE user_id = '${PERSON}'`);
  expect(await kept()).toEqual([]);
  expect(await connection.query('SELECT * FROM audit_logs')).toEqual(before);
});

test.each([`UPDATE audit_personal SET new_values = '{}'`, `UPDATE audit_personal SET user_id = NULL`, 'TRUNCATE audit_personal'])(
  'not even the owner changes what was recorded: %s',
  async (sql) => {
    const before = await kept();
    await expect(connection.query(sql)).rejects.toMatchObject({ code: '42501' });
    expect(await kept()).toEqual(before);
  },
);

test('a purge of a person leaves no value of theirs, and records what was purged by digest', async () => {
  await connection.query(`INSERT INTO profiles (id, user_id, phone) VALUES (uuid_v7(), '${PERSON}', '+47 1')`);
  await connection.query(`DELETE FROM users WHERE id = '${PERSON}'`);
  expect(await kept()).toEqual([]);
  expect((await entries()).at(-1)).toMatchObject({ action: 'PURGE', old: { email: DIGEST, last_name: DIGEST }, new: null });
  expect((await entries('profiles')).at(-1)).toMatchObject({ action: 'PURGE', old: { phone: DIGEST, bio: null }, new: null });
});

test('records a change of a balance or a sign-in without a digest', async () => {
  await connection.query(`UPDATE users SET balance = 5, last_login_at = now() WHERE id = '${PERSON}'`);
  expect((await entries()).at(-1)?.new).toEqual({ balance: 5, last_login_at: expect.any(String), version: 2 });
  expect(await kept()).toHaveLength(1);
});

test('refuses a value without an entry', async () => {
  const adding = connection.query(`INSERT INTO audit_personal (id, audit_log_occurred_at, audit_log_id, new_values, salt)
    SELECT uuid_v7(), occurred_at, uuid_v7(), '{"first_name": "A"}', 'salt' FROM audit_logs`);
  await expect(adding).rejects.toMatchObject({ constraint: 'audit_personal_audit_log_occurred_at_audit_log_id_fk' });
});
