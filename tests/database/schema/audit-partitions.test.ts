import { readFileSync } from 'node:fs';
import { Client } from 'pg';
import { createTestDatabase, type TestDatabase } from '../../support/database';
import { OWNER } from '../../support/server';
import { Connection } from './support/query';

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

const query = <Row>(sql: string) => connection.query<Row>(sql);

async function partitions(): Promise<string[]> {
  const rows = await query<{ name: string }>(
    `SELECT inhrelid::regclass::text AS name FROM pg_inherits WHERE inhparent = 'audit_logs'::regclass ORDER BY 1`,
  );
  return rows.map(({ name }) => name);
}

/* The partition of the month so many months from now, as make_audit_partitions names it. */
function partitionOf(monthsAhead: number): string {
  const now = new Date();
  const month = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + monthsAhead, 1));
  return `audit_logs_${month.toISOString().slice(0, 7).replace('-', '_')}`;
}

const writeEntry = (occurredAt: string) =>
  query(`INSERT INTO audit_logs (id, change_set_id, table_name, record_id, action, actor, occurred_at)
    VALUES (uuid_v7(), uuid_v7(), 'tags', uuid_v7(), 'CREATE', 'db:test', ${occurredAt})`);

/* Where the log’s rows of tags are. */
const placement = () =>
  query<{ partition: string; rows: number }>(
    `SELECT tableoid::regclass::text AS partition, count(*)::int AS rows FROM audit_logs WHERE table_name = 'tags' GROUP BY 1 ORDER BY 1`,
  );

describe('the partitions of the audit log', () => {
  test('are made for this month and the next three, and a second run changes nothing', async () => {
    const made = [...[0, 1, 2, 3].map(partitionOf), 'audit_logs_default'];
    expect(await partitions()).toEqual(made);
    await query('SELECT make_audit_partitions(3)');
    expect(await partitions()).toEqual(made);
  });

  test('are made once by two parallel runs', async () => {
    const other = new Client({ connectionString: database.url });
    await other.connect();
    await Promise.all([query('SELECT make_audit_partitions(5)'), other.query('SELECT make_audit_partitions(5)')]);
    await other.end();
    expect(await partitions()).toHaveLength(7);
  });

  test('are made while a writer of the log is still open', async () => {
    const writer = new Client({ connectionString: database.url });
    await writer.connect();
    await writer.query(`BEGIN; INSERT INTO tags (id, name, slug) VALUES (uuid_v7(), 'Open', 'open')`);
    await query(`SET lock_timeout = '2s'; SELECT make_audit_partitions(4)`);
    expect(await partitions()).toContain(partitionOf(4));
    await writer.query('COMMIT');
    await writer.end();
    expect(await placement()).toEqual([{ partition: partitionOf(0), rows: 1 }]);
  });

  test('are left to the next run where a reader holds the default partition for too long', async () => {
    const reader = new Client({ connectionString: database.url });
    await reader.connect();
    await reader.query('BEGIN; SELECT count(*) FROM audit_logs');
    await query(`SET lock_timeout = '200ms'; SELECT make_audit_partitions(4)`);
    expect(await partitions()).not.toContain(partitionOf(4));
    await reader.end();
    await query('SELECT make_audit_partitions(4)');
    expect(await partitions()).toContain(partitionOf(4));
  });

  test('have the indexes and the defaults of their parent, and the privileges of its owner alone', async () => {
    const [parent, ...made] = await query<{ name: string; shape: string }>(
      `SELECT relname AS name, concat_ws(' ', array(SELECT item::text FROM unnest(relacl) AS item WHERE item::text LIKE '${OWNER}=%'),
       (SELECT string_agg(pg_get_expr(adbin, adrelid), ',' ORDER BY adnum) FROM pg_attrdef WHERE adrelid = c.oid),
       (SELECT string_agg(indkey::text || coalesce(pg_get_expr(indpred, indrelid), ''), ',' ORDER BY indkey::text) FROM pg_index WHERE indrelid = c.oid)) AS shape
     FROM pg_class c WHERE relname ~ '^audit_logs' AND relkind IN ('r', 'p') ORDER BY relname`,
    );
    expect(made.map(({ name }) => name)).toEqual(await partitions());
    for (const { shape } of made) expect(shape).toBe(parent?.shape);
  });

  test.each(['UPDATE', 'DELETE', 'TRUNCATE'])('refuse %s by their own name as by the name of the table', async (verb) => {
    const statement = (table: string) =>
      ({ UPDATE: `UPDATE ${table} SET id = id`, DELETE: `DELETE FROM ${table}`, TRUNCATE: `TRUNCATE ${table}` })[verb] as string;
    await writeEntry('now()');
    const before = await placement();
    for (const table of ['audit_logs', ...(await partitions())])
      await expect(query(statement(table))).rejects.toMatchObject({ code: '42501' });
    expect(await placement()).toEqual(before);
  });

  test('store a row of any time, in the default partition where its month has none', async () => {
    await writeEntry(`'2020-01-31T12:00:00Z'`);
    expect(await placement()).toEqual([{ partition: 'audit_logs_default', rows: 1 }]);
  });

  describe('where the default partition has rows of a coming month', () => {
    const recipe = /```sql\n\s*(BEGIN;[\s\S]*?COMMIT;)\n\s*```/.exec(readFileSync('migrations/README.md', 'utf8'))?.[1] as string;

    beforeEach(async () => {
      await query(`ALTER TABLE audit_logs DETACH PARTITION ${partitionOf(3)}; DROP TABLE ${partitionOf(3)}`);
      await writeEntry(`now() + interval '3 months'`);
      await writeEntry(`'2020-01-31T12:00:00Z'`);
      await query(`INSERT INTO audit_personal (id, audit_log_occurred_at, audit_log_id, salt)
      SELECT uuid_v7(), occurred_at, id, 'salt' FROM audit_logs WHERE table_name = 'tags'`);
    });

    test('give the month no partition, and accept further rows', async () => {
      await query('SELECT make_audit_partitions(3)');
      expect(await partitions()).not.toContain(partitionOf(3));
      await writeEntry(`now() + interval '3 months'`);
      expect(await placement()).toEqual([{ partition: 'audit_logs_default', rows: 3 }]);
    });

    test('move them by the statements of the README, and keep the personal values that refer to them', async () => {
      const entries = 'SELECT id, xact_id::text, occurred_at FROM audit_logs ORDER BY id';
      const before = await query(entries);
      await query(recipe);
      expect(await placement()).toEqual([
        { partition: partitionOf(3), rows: 1 },
        { partition: 'audit_logs_default', rows: 1 },
      ]);
      expect(await query(entries)).toEqual(before);
      expect(await query('SELECT FROM audit_personal')).toHaveLength(2);
      await expect(query('DELETE FROM audit_logs')).rejects.toMatchObject({ code: '42501' });
    });
  });
});
