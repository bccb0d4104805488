import type { Client } from 'pg';

/* What a schema is made of, each part as PostgreSQL writes it back. pg_dump is not in the embedded package. */
const PARTS = [
  `SELECT 'column ' || attrelid::regclass || '.' || attname || ' ' || format_type(atttypid, atttypmod) || CASE WHEN attnotnull THEN ' not null' ELSE '' END ||
     coalesce(' default ' || pg_get_expr(adbin, adrelid), '') || attgenerated::text
   FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum
   WHERE relkind = 'r' AND relnamespace = current_schema()::regnamespace AND attnum > 0 AND NOT attisdropped`,
  `SELECT 'constraint ' || conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid) FROM pg_constraint WHERE connamespace = current_schema()::regnamespace`,
  `SELECT 'index ' || pg_get_indexdef(indexrelid) FROM pg_index JOIN pg_class ON pg_class.oid = indexrelid WHERE relnamespace = current_schema()::regnamespace`,
  `SELECT 'trigger ' || pg_get_triggerdef(pg_trigger.oid) || tgenabled::text FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid
   WHERE NOT tgisinternal AND relnamespace = current_schema()::regnamespace`,
  `SELECT 'function ' || pg_get_functiondef(oid) FROM pg_proc WHERE pronamespace = current_schema()::regnamespace AND prokind = 'f' AND prolang <> 13`,
  `SELECT 'privileges ' || relname || ' ' || coalesce(relacl::text, '') FROM pg_class WHERE relkind = 'r' AND relnamespace = current_schema()::regnamespace`,
  `SELECT 'extension ' || extname FROM pg_extension`,
];

/** The whole schema as sorted lines: equal lines, equal schemas. */
export async function dumpSchema(client: Client): Promise<string[]> {
  const lines: string[] = [];
  for (const part of PARTS) {
    const { rows } = await client.query<string[]>({ text: part, rowMode: 'array' });
    lines.push(...rows.flat());
  }
  return lines.filter((line) => !line.includes('SequelizeMeta')).sort();
}
