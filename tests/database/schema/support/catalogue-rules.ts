/*
 * The rules of the schema, each a query of PostgreSQL's catalogue that returns a line of text per breach. `t` are the shop's tables.
 */
const T = `(SELECT oid, relname AS name FROM pg_class
  WHERE relkind IN ('r', 'p') AND NOT relispartition AND relnamespace = current_schema()::regnamespace AND relname <> 'SequelizeMeta') t`;

const COLUMNS = `pg_attribute a JOIN ${T} ON t.oid = attrelid AND attnum > 0 AND NOT attisdropped`;
const PARANOID = `EXISTS (SELECT FROM pg_attribute p WHERE p.attrelid = t.oid AND p.attname = 'deleted_at' AND NOT p.attisdropped)`;
const MONEY = '(^|_)(price|amount|subtotal|discount|shipping|tax|total|balance|fee|cost)(_after|_before)?$';

const columnNames = (relation: string, numbers: string) =>
  `(SELECT string_agg(attname, '_' ORDER BY place) FROM unnest(${numbers}) WITH ORDINALITY u (number, place)
    JOIN pg_attribute ON attrelid = ${relation} AND attnum = number)`;

export const catalogueRules = {
  'every table has a primary key, a uuid named id, behind the partition key where there is one': `
    SELECT name FROM ${T} LEFT JOIN pg_partitioned_table ON partrelid = t.oid WHERE NOT EXISTS (
      SELECT FROM pg_constraint JOIN pg_attribute ON attrelid = conrelid AND attnum = conkey[cardinality(conkey)]
      WHERE conrelid = t.oid AND contype = 'p' AND attname = 'id' AND atttypid = 'uuid'::regtype
        AND conkey = ARRAY(SELECT unnest(partattrs::int2[])) || attnum)`,

  'every foreign key begins an index': `
    SELECT conname FROM pg_constraint JOIN ${T} ON t.oid = conrelid WHERE contype = 'f' AND NOT EXISTS (
      SELECT FROM pg_index WHERE indrelid = conrelid AND indisvalid
        AND (indpred IS NULL OR pg_get_expr(indpred, indrelid) = '(' || ${columnNames('conrelid', 'conkey')} || ' IS NOT NULL)')
        AND (indkey::smallint[])[0:cardinality(conkey) - 1] @> conkey)`,

  'every foreign key says what a delete does': `
    SELECT conname FROM pg_constraint JOIN ${T} ON t.oid = conrelid WHERE contype = 'f' AND confdeltype = 'a'`,

  'every constraint has been checked and every index is valid': `
    SELECT conname FROM pg_constraint JOIN ${T} ON t.oid = conrelid WHERE NOT convalidated
    UNION ALL SELECT indexrelid::regclass::text FROM pg_index JOIN ${T} ON t.oid = indrelid WHERE NOT indisvalid`,

  'unique rules on soft-deleted tables spare deleted rows': `
    SELECT indexrelid::regclass::text FROM pg_index JOIN ${T} ON t.oid = indrelid
    WHERE ${PARANOID} AND (indisunique OR indisexclusion) AND NOT indisprimary
      AND coalesce(pg_get_expr(indpred, indrelid), '') !~ '^[(](deleted_at IS NULL[)]$|[(]deleted_at IS NULL[)] AND )'`,

  'no index is about deleted rows': `
    SELECT indexrelid::regclass::text FROM pg_index JOIN ${T} ON t.oid = indrelid
    WHERE pg_get_expr(indpred, indrelid) ~ 'deleted_at IS NOT NULL|NOT [(]+deleted_at IS NULL'`,

  'times have a zone': `
    SELECT name || '.' || attname || ' ' || format_type(atttypid, atttypmod) FROM ${COLUMNS}
    WHERE format_type(atttypid, NULL) ~ '^time' AND format_type(atttypid, NULL) !~ '^timestamp with time zone'`,

  'times are kept in milliseconds, as they are shown': `
    SELECT name || '.' || attname || ' ' || format_type(atttypid, atttypmod) FROM ${COLUMNS}
    WHERE atttypid = 'timestamptz'::regtype AND atttypmod <> 3`,

  'money is a numeric without a scale, and a check holds it to the decimals of currencies': `
    SELECT name || '.' || attname || ' ' || format_type(atttypid, atttypmod) FROM ${COLUMNS}
    WHERE attname ~ '${MONEY}' AND atttypid <> 'boolean'::regtype AND (format_type(atttypid, atttypmod) <> 'numeric' OR NOT EXISTS (
      SELECT FROM pg_constraint WHERE conrelid = attrelid AND contype = 'c' AND pg_get_constraintdef(oid) ~ ('\\mis_amount(_of)?[(]' || attname || '\\M')))`,

  'nothing is a float, a money, an enum, a serial or of limited length': `
    SELECT name || '.' || attname || ' ' || format_type(atttypid, atttypmod) FROM ${COLUMNS} JOIN pg_type y ON y.oid = atttypid
    WHERE format_type(atttypid, NULL) ~ '^(real|double precision|money|character)' OR typtype = 'e'
      OR attidentity <> '' OR pg_get_serial_sequence(quote_ident(name), attname) IS NOT NULL`,

  'constraints are named after their table, columns and kind': `
    SELECT conname FROM pg_constraint JOIN ${T} ON t.oid = conrelid WHERE conparentid = 0 AND CASE contype
      WHEN 'p' THEN conname <> name || '_pk'
      WHEN 'f' THEN conname <> name || '_' || ${columnNames('conrelid', 'conkey')} || '_fk'
      WHEN 'u' THEN conname <> name || '_' || ${columnNames('conrelid', 'conkey')} || '_key'
      WHEN 'c' THEN conname !~ ('^' || name || '_.+_check$') OR conname ~ 'check[0-9]+$'
      WHEN 'x' THEN conname !~ ('^' || name || '_.+_excl$')
      ELSE false END`,

  'indexes are named after their table, columns and kind': `
    SELECT relname FROM pg_index JOIN pg_class ON pg_class.oid = indexrelid JOIN ${T} ON t.oid = indrelid
    WHERE NOT indisprimary AND relname !~ ('^' || name || '_.+_' || CASE WHEN indisexclusion THEN 'excl' WHEN indisunique THEN 'key' ELSE 'idx' END || '$')`,

  'every table with a version keeps its stamps by a trigger': `
    SELECT name FROM ${T} WHERE EXISTS (SELECT FROM pg_attribute WHERE attrelid = t.oid AND attname = 'version' AND NOT attisdropped)
      AND (NOT EXISTS (SELECT FROM pg_trigger WHERE tgrelid = t.oid AND tgfoid = 'stamp_row'::regproc AND tgenabled = 'O'
          AND tgtype = 1 + 2 + 4 + 16 AND tgqual IS NULL)
        OR EXISTS (SELECT FROM pg_attribute WHERE attrelid = t.oid AND attnum > 0 AND NOT attisdropped AND attgenerated = ''
          AND attname <> ALL (statistics_of(name))
          AND NOT EXISTS (SELECT FROM pg_trigger WHERE tgrelid = t.oid AND tgfoid IN ('stamp_row'::regproc, 'raise_version'::regproc)
            AND tgenabled = 'O' AND tgtype & (1 + 2 + 16) = 1 + 2 + 16 AND tgqual IS NULL
            AND (cardinality(tgattr::smallint[]) = 0 OR attnum = ANY (tgattr)))))`,

  'every table with a time of its last edit keeps it by a trigger': `
    SELECT name FROM ${T} WHERE EXISTS (SELECT FROM pg_attribute WHERE attrelid = t.oid AND attname = 'updated_at' AND NOT attisdropped)
      AND NOT EXISTS (SELECT FROM pg_trigger WHERE tgrelid = t.oid AND tgfoid IN ('stamp_row'::regproc, 'stamp_time'::regproc)
        AND tgenabled = 'O' AND tgtype & (1 + 2 + 16) = 1 + 2 + 16 AND tgqual IS NULL)`,
} as const satisfies Readonly<Record<string, string>>;
