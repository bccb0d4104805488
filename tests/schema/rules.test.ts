import type { Model, ModelStatic } from 'sequelize';
import { auditedAccounts } from '../../src/accounts';
import { auditedCatalogue } from '../../src/catalogue';
import { auditedSales } from '../../src/sales';
import { type Shop, startShop } from '../support/shop';

let shop: Shop;

beforeAll(async () => {
  shop = await startShop();
});
afterAll(() => shop.close());

const TABLES = `SELECT oid, relname FROM pg_class WHERE relkind = 'r' AND relnamespace = current_schema()::regnamespace AND relname <> 'SequelizeMeta'`;
const none = async (sql: string) => expect(await shop.query(sql)).toEqual([]);

test('every table has a primary key, a uuid named id', () =>
  none(`SELECT relname FROM (${TABLES}) t WHERE NOT EXISTS (
    SELECT FROM pg_constraint JOIN pg_attribute ON attrelid = conrelid AND attnum = conkey[1]
    WHERE conrelid = t.oid AND contype = 'p' AND attname = 'id' AND atttypid = 'uuid'::regtype)`));

test('every foreign key begins an index and says what a delete does', () =>
  none(`SELECT conname FROM pg_constraint c JOIN (${TABLES}) t ON t.oid = conrelid WHERE contype = 'f' AND (confdeltype = 'a' OR NOT EXISTS (
    SELECT FROM pg_index WHERE indrelid = conrelid AND indkey[0] = conkey[1] AND indpred IS NULL))`));

test('unique rules on soft-deleted tables spare deleted rows, and no index is about deleted ones', () =>
  none(`SELECT pg_get_indexdef(indexrelid) FROM pg_index JOIN (${TABLES}) t ON t.oid = indrelid
    WHERE EXISTS (SELECT FROM pg_attribute WHERE attrelid = indrelid AND attname = 'deleted_at')
      AND ((indisunique AND NOT indisprimary AND coalesce(pg_get_expr(indpred, indrelid), '') <> '(deleted_at IS NULL)')
        OR pg_get_expr(indpred, indrelid) LIKE '%IS NOT NULL%')`));

test('times have a zone, money is numeric, and nothing is a float or an enum', () =>
  none(`SELECT t.relname, attname, format_type(atttypid, atttypmod) FROM pg_attribute JOIN (${TABLES}) t ON t.oid = attrelid
    JOIN pg_type ON pg_type.oid = atttypid WHERE attnum > 0 AND NOT attisdropped
      AND (typname IN ('timestamp', 'float4', 'float8', 'money') OR typtype = 'e')`));

test('constraints and indexes are named after their table, columns and kind', () =>
  none(`SELECT relname, conname FROM pg_constraint JOIN (${TABLES}) t ON t.oid = conrelid
    WHERE contype IN ('p', 'u', 'f', 'c') AND conname !~ ('^' || relname || '_(.+_)?(pk|fk|key|check)$')`));

test('the guards of audit, stamps and ledgers stand on every table that needs them', async () => {
  const audited = [...auditedAccounts, ...auditedCatalogue, ...auditedSales].map((model) => String(model.tableName));
  const triggers = await shop.query<{ name: string }>(`SELECT tgname AS name FROM pg_trigger WHERE NOT tgisinternal AND tgenabled = 'O'`);
  const names = triggers.map(({ name }) => name);
  for (const table of audited)
    expect(names).toEqual(expect.arrayContaining([`${table}_audit_insert`, `${table}_audit_update`, `${table}_audit_delete`]));
  const stamped = await shop.query<{ name: string }>(
    `SELECT relname AS name FROM (${TABLES}) t WHERE EXISTS (SELECT FROM pg_attribute WHERE attrelid = t.oid AND attname = 'version')`,
  );
  for (const { name } of stamped) expect(names).toContain(`${name}_stamp`);
});

const TYPES: Readonly<Record<string, string>> = {
  UUID: 'uuid',
  TEXT: 'text',
  BOOLEAN: 'boolean',
  INTEGER: 'integer',
  BIGINT: 'bigint',
  'TIMESTAMP WITH TIME ZONE': 'timestamp with time zone',
  DATE: 'date',
  JSONB: 'jsonb',
  'DECIMAL(12,2)': 'numeric(12,2)',
  'DECIMAL(3,2)': 'numeric(3,2)',
};

test('models and migrations agree column by column', async () => {
  for (const model of Object.values(shop.sequelize.models) as ModelStatic<Model>[]) {
    const columns = await shop.query<{ name: string; type: string }>(
      `SELECT attname AS name, format_type(atttypid, atttypmod) AS type FROM pg_attribute
       WHERE attrelid = $1::regclass AND attnum > 0 AND NOT attisdropped AND attname <> 'search_vector' ORDER BY attname`,
      [model.tableName],
    );
    const declared = Object.values(model.rawAttributes)
      .map(({ field, type }) => ({ name: field, type: TYPES[(type as unknown as { toSql(): string }).toSql()] }))
      .sort((a, b) => String(a.name).localeCompare(String(b.name)));
    const byName = (rows: { name?: string | undefined; type?: string | undefined }[]) =>
      Object.fromEntries(rows.map(({ name, type }) => [name, type]));
    expect([model.name, byName(declared)]).toEqual([model.name, byName(columns)]);
  }
});
