/**
 * Returns the SQL that gives columns of a table another type. PostgreSQL changes no column that a trigger names, so those triggers are
 * dropped, and made again as they were.
 */
export function retypeColumns(table: string, columns: readonly string[], type: string): string {
  const retyped = columns.map((column) => `ALTER COLUMN ${column} TYPE ${type}`).join(', ');
  return `DO $retype$
  DECLARE
    named oid[] := ARRAY(
      SELECT DISTINCT d.objid FROM pg_depend d JOIN pg_attribute a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid
      WHERE d.classid = 'pg_trigger'::regclass AND d.refobjid = '${table}'::regclass AND a.attname = ANY ('{${columns.join(',')}}'));
    definitions text[] := ARRAY(SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE oid = ANY (named) ORDER BY tgname);
    statement text;
  BEGIN
    FOR statement IN SELECT format('DROP TRIGGER %I ON ${table}', tgname) FROM pg_trigger WHERE oid = ANY (named) LOOP
      EXECUTE statement;
    END LOOP;
    ALTER TABLE ${table} ${retyped};
    FOREACH statement IN ARRAY definitions LOOP
      EXECUTE statement;
    END LOOP;
  END
  $retype$;`;
}
