import { Client } from 'pg';

const OURS = 'current_schema()::regnamespace';

/* The parts of a schema, each as PostgreSQL prints it. The embedded package has no pg_dump. */
const PARTS = [
  `SELECT 'relation ' || relkind::text || ' ' || relname || ' ' || coalesce(relacl::text, '') FROM pg_class WHERE relnamespace = ${OURS}`,
  `SELECT 'column ' || attrelid::regclass || '.' || attname || ' ' || format_type(atttypid, atttypmod) || CASE WHEN attnotnull THEN ' not null' ELSE '' END ||
     coalesce(' default ' || pg_get_expr(adbin, adrelid), '') || attgenerated::text || attidentity::text || coalesce(attacl::text, '')
   FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum
   WHERE relkind IN ('r', 'p') AND relnamespace = ${OURS} AND attnum > 0 AND NOT attisdropped`,
  `SELECT 'constraint ' || conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid) FROM pg_constraint WHERE connamespace = ${OURS}`,
  `SELECT 'index ' || pg_get_indexdef(indexrelid) || CASE WHEN indisvalid THEN '' ELSE ' INVALID' END
   FROM pg_index JOIN pg_class ON pg_class.oid = indexrelid WHERE relnamespace = ${OURS}`,
  `SELECT 'trigger ' || pg_get_triggerdef(pg_trigger.oid) || tgenabled::text FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid
   WHERE NOT tgisinternal AND relnamespace = ${OURS}`,
  `SELECT 'function ' || pg_get_functiondef(oid) || coalesce(proacl::text, '') FROM pg_proc WHERE pronamespace = ${OURS} AND prokind = 'f' AND prolang <> 13`,
  `SELECT 'type ' || typname FROM pg_type WHERE typnamespace = ${OURS}`,
  `SELECT 'view ' || pg_get_viewdef(oid) FROM pg_class WHERE relkind IN ('v', 'm') AND relnamespace = ${OURS}`,
  `SELECT 'extension ' || extname || ' ' || extversion FROM pg_extension`,
];

/** Returns the whole schema as sorted lines: equal schemas have equal lines. */
export async function dumpSchema(url: string): Promise<string[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  const lines: string[] = [];
  for (const part of PARTS) {
    const { rows } = await client.query<string[]>({ text: part, rowMode: 'array' });
    lines.push(...rows.flat());
  }
  await client.end();
  return lines.filter((line) => !line.includes('SequelizeMeta')).sort();
}
