/** What a transaction says of itself, read once a statement: who, on which request, from where, why. */
export const workOnce = `(
      SELECT work_setting('app.actor_id')::uuid AS actor_id, coalesce(work_setting('app.actor'), 'db:' || session_user) AS actor,
        work_setting('app.request_id') AS request_id, work_setting('app.ip') AS ip, work_setting('app.user_agent') AS user_agent,
        work_setting('app.reason') AS reason OFFSET 0
    )`;

/**
 * The trigger that records the updates of a table that the books change at every sale, as `record_changes` would: it compares the
 * columns one by one, where that makes jsonb of whole rows, with texts and a search vector that no sale changes. It knows the columns
 * given here, which are all but the id, the stamps and those that PostgreSQL generates. `booksByColumn` took its place.
 */
export function auditByColumn(table: string, columns: readonly string[], secrets: readonly string[] = []): string {
  return `
  CREATE OR REPLACE FUNCTION record_${table}_update() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    ${RECORD_CHANGES}
    FROM ${workOnce} w, (${changesByColumn(columns, secrets)}) c
    WHERE c.new_values <> '';
    RETURN NULL;
  END
  $$;
  CREATE OR REPLACE TRIGGER ${table}_audit_update AFTER UPDATE ON ${table} REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION record_${table}_update('${table}', '{${secrets.join(',')}}');`;
}

/** The beginning of the statement that records changes `c` of the work `w`. */
export const RECORD_CHANGES = `INSERT INTO audit_logs (id, table_name, record_id, action, old_values, new_values, actor_id, actor, request_id, ip, user_agent, reason)
    SELECT uuid_v7(), TG_ARGV[0], c.id, c.action, ('{' || c.old_values || c.old_stamps)::jsonb, ('{' || c.new_values || c.new_stamps)::jsonb,
      w.actor_id, w.actor, w.request_id, w.ip, w.user_agent, w.reason`;

/** What an update did to each row, by column: `new_values` is empty where it changed nothing but stamps. `more` are further columns. */
export function changesByColumn(columns: readonly string[], secrets: readonly string[], more = ''): string {
  const side = (row: 'o' | 'n') => columns.map((column) => `      ${member(row, column, secrets.includes(column))}`).join(',\n');
  const editor = (row: 'o' | 'n') => `coalesce(',' || ${member(row, 'updated_by', false)}, '')`;
  return `SELECT n.id,${more}
      CASE WHEN (o.deleted_at IS NULL) = (n.deleted_at IS NULL) THEN 'UPDATE' WHEN o.deleted_at IS NULL THEN 'DELETE' ELSE 'RESTORE' END AS action,
      ',"version":' || o.version || ${editor('o')} || '}' AS old_stamps,
      ',"version":' || n.version || ${editor('n')} || '}' AS new_stamps,
      concat_ws(',',
${side('o')}) AS old_values,
      concat_ws(',',
${side('n')}) AS new_values
    FROM new_rows n JOIN old_rows o ON o.id = n.id OFFSET 0`;
}

/* One member of an object, as JSON text; null where the column did not change. */
function member(row: 'o' | 'n', column: string, isSecret: boolean): string {
  const value = isSecret
    ? `CASE WHEN ${row}.${column} IS NULL THEN 'null' ELSE '"[secret]"' END`
    : `coalesce(to_json(${row}.${column})::text, 'null')`;
  return `CASE WHEN n.${column} IS DISTINCT FROM o.${column} THEN '"${column}":' || ${value} END`;
}
