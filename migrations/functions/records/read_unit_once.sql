-- The text of the statement that writes the changes of an update into the audit log and compares columns one by one, for the table named
-- $1. Making jsonb of whole rows, as record_changes does for a few, takes twice as long as the rest of the log. A unit of work that is alone
-- in its transaction wrote every row, so it is read once, and not for each of them.
CREATE OR REPLACE FUNCTION many_changes_statement(target text, secrets text[]) RETURNS text LANGUAGE plpgsql STABLE AS $$
DECLARE
  names text[] := (SELECT array_agg(name ORDER BY position) FROM columns_of(target));
  old_members text;
  new_members text;
  old_stamps text;
  new_stamps text;
  unit text := CASE WHEN units_of_work() ? 'alone' THEN '(SELECT * FROM unit_of(units_of_work(), NULL) OFFSET 0) w'
    ELSE '(SELECT units_of_work() AS units OFFSET 0) u, unit_of(u.units, c.id) w' END;
BEGIN
  SELECT string_agg(changed_member('o', name, name = ANY (secrets)), ', '), string_agg(changed_member('n', name, name = ANY (secrets)), ', ')
  INTO old_members, new_members
  FROM unnest(names) AS name WHERE name NOT IN ('id', 'version', 'edited_version', 'updated_by', 'updated_at') AND name <> ALL (statistics_of(target));
  SELECT string_agg(changed_member('o', name, false), ', '), string_agg(changed_member('n', name, false), ', ')
  INTO old_stamps, new_stamps FROM unnest(names) AS name WHERE name IN ('version', 'updated_by');
  RETURN format($text$
    INSERT INTO audit_logs
      (id, change_set_id, table_name, record_id, action, old_values, new_values, actor_id, actor, request_id, ip, user_agent, reason)
    SELECT uuid_v7(), w.change_set_id, $1, c.id, c.action,
      ('{' || concat_ws(',', c.old_values, c.old_stamps) || '}')::jsonb, ('{' || concat_ws(',', c.new_values, c.new_stamps) || '}')::jsonb,
      w.actor_id, w.actor, w.request_id, w.ip, w.user_agent, w.reason
    FROM (
      SELECT n.id, %1$s AS action, concat_ws(',', %2$s) AS old_values, concat_ws(',', %3$s) AS new_values,
        nullif(concat_ws(',', %4$s), '') AS old_stamps, nullif(concat_ws(',', %5$s), '') AS new_stamps
      FROM new_rows n FULL JOIN old_rows o ON o.id = n.id OFFSET 0
    ) c, %6$s
    WHERE c.new_values <> ''
  $text$,
    CASE WHEN 'deleted_at' = ANY (names)
      THEN $case$CASE WHEN (o.deleted_at IS NULL) = (n.deleted_at IS NULL) THEN 'UPDATE' WHEN o.deleted_at IS NULL THEN 'DELETE' ELSE 'RESTORE' END$case$
      ELSE $case$'UPDATE'$case$ END,
    old_members, new_members, coalesce(old_stamps, 'NULL'), coalesce(new_stamps, 'NULL'), unit);
END
$$;
