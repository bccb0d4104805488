-- The columns of a table that are statistics of what visitors do: no change of the object, so they neither raise its version nor are
-- recorded. Its ETag covers what is shown of them. The uses of a discount code are its orders, which are recorded.
CREATE OR REPLACE FUNCTION statistics_of(target text) RETURNS text[] LANGUAGE sql IMMUTABLE AS $$
  SELECT CASE target WHEN 'products' THEN '{view_count,popularity}'::text[] WHEN 'discount_codes' THEN '{used_count}'::text[] ELSE '{}'::text[] END
$$;

-- A row as the audit log keeps it: without generated columns, updated_at, edited_version and popularity, and secret columns without their value.
CREATE OR REPLACE FUNCTION recorded_without(row_values jsonb, secrets text[]) RETURNS jsonb LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT (row_values - '{search_vector,in_stock,updated_at,edited_version,popularity,on_post_id,on_product_id,on_user_id,used_count}'::text[]) ||
    (SELECT coalesce(jsonb_object_agg(name, '[secret]'), '{}') FROM unnest(secrets) AS name WHERE jsonb_typeof(row_values -> name) <> 'null')
$$;

CREATE OR REPLACE FUNCTION recorded(row_values jsonb, secrets text[]) RETURNS jsonb LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT CASE WHEN secrets = '{}' THEN row_values - '{search_vector,in_stock,updated_at,edited_version,popularity,on_post_id,on_product_id,on_user_id,used_count}'::text[]
    ELSE recorded_without(row_values, secrets) END
$$;

-- Attaches the stamp and audit triggers of a table, with its columns as they are now. A migration that adds a column ends with this
-- call for its table. `secrets` are recorded as changed, never with their value; `personal` ones with a digest, and their values in
-- audit_personal, for the person in user_id or author_id (of users: in id). `counter` is the column that a ledger keeps (stock_quantity, balance): a
-- change of it alone is no edit, and ledger and audit log are written by one statement, because every sale makes both. A table with the
-- column edited_version has others that change by themselves, and those are no edit either. Its statistics raise no version at all.
CREATE OR REPLACE FUNCTION attach_triggers(target text, secrets text[] DEFAULT '{}', counter text DEFAULT NULL, personal text[] DEFAULT '{}')
RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  has_version boolean := EXISTS (SELECT FROM columns_of(target) WHERE name = 'version');
  tells_edits boolean := EXISTS (SELECT FROM columns_of(target) WHERE name = 'edited_version');
  moving text[] := array_remove(CASE WHEN tells_edits THEN '{rating,review_count,last_login_at,regular_price,prior_price,on_sale_until,price_changes_at}'::text[] ELSE '{}' END || counter, NULL);
  moved text := (SELECT string_agg(quote_ident(name), ', ' ORDER BY position) FROM columns_of(target) WHERE name = ANY (moving));
  edited text := (SELECT string_agg(quote_ident(name), ', ' ORDER BY position) FROM columns_of(target) WHERE name <> ALL (moving || statistics_of(target)));
  person text := CASE WHEN target = 'users' THEN 'id' ELSE (SELECT name FROM columns_of(target) WHERE name IN ('user_id', 'author_id')) END;
  arguments text := CASE WHEN personal = '{}' THEN format('%L, %L', target, secrets)
    ELSE format('%L, %L, %L, %L', target, secrets, personal, coalesce(person, '')) END;
  insert_function text := CASE WHEN personal = '{}' THEN 'record_changes' ELSE format('record_%s_insert', target) END;
  update_function text := CASE WHEN personal = '{}' AND counter IS NULL THEN 'record_changes' ELSE format('record_%s_update', target) END;
  delete_function text := CASE WHEN personal = '{}' THEN 'record_changes' ELSE 'record_personal_purge' END;
BEGIN
  IF has_version THEN
    EXECUTE format('DROP TRIGGER IF EXISTS %I ON %I', target || '_stamp', target);
    EXECUTE format('CREATE TRIGGER %I BEFORE INSERT OR UPDATE %s ON %I FOR EACH ROW EXECUTE FUNCTION stamp_row(%s)',
      target || '_stamp', CASE WHEN moved IS NULL AND statistics_of(target) = '{}' THEN '' ELSE 'OF ' || edited END, target, CASE WHEN tells_edits THEN quote_literal('edited_version') END);
  END IF;
  IF counter IS NOT NULL THEN
    EXECUTE format('CREATE OR REPLACE TRIGGER %I BEFORE UPDATE OF %s ON %I FOR EACH ROW EXECUTE FUNCTION raise_version()',
      target || '_version', moved, target);
    EXECUTE ledger_function(target, secrets, counter, personal);
  END IF;
  IF personal <> '{}' THEN
    EXECUTE personal_functions(target, personal, counter IS NULL);
  END IF;
  EXECUTE format('CREATE OR REPLACE TRIGGER %I AFTER INSERT ON %I REFERENCING NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION %I(%s)', target || '_audit_insert', target, insert_function, arguments);
  EXECUTE format('CREATE OR REPLACE TRIGGER %I AFTER UPDATE ON %I REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION %I(%s)', target || '_audit_update', target, update_function, arguments);
  EXECUTE format('CREATE OR REPLACE TRIGGER %I AFTER DELETE ON %I REFERENCING OLD TABLE AS old_rows
    FOR EACH STATEMENT EXECUTE FUNCTION %I(%s)', target || '_audit_delete', target, delete_function, arguments);
END
$$;

-- The text of the statement that writes the changes of an update into the audit log and compares columns one by one, for the table named
-- $1. Making jsonb of whole rows, as record_changes does for a few, takes twice as long as the rest of the log.
CREATE OR REPLACE FUNCTION many_changes_statement(target text, secrets text[]) RETURNS text LANGUAGE plpgsql STABLE AS $$
DECLARE
  names text[] := (SELECT array_agg(name ORDER BY position) FROM columns_of(target));
  old_members text;
  new_members text;
  old_stamps text;
  new_stamps text;
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
    ) c, (SELECT units_of_work() AS units OFFSET 0) u, unit_of(u.units, c.id) w
    WHERE c.new_values <> ''
  $text$,
    CASE WHEN 'deleted_at' = ANY (names)
      THEN $case$CASE WHEN (o.deleted_at IS NULL) = (n.deleted_at IS NULL) THEN 'UPDATE' WHEN o.deleted_at IS NULL THEN 'DELETE' ELSE 'RESTORE' END$case$
      ELSE $case$'UPDATE'$case$ END,
    old_members, new_members, coalesce(old_stamps, 'NULL'), coalesce(new_stamps, 'NULL'));
END
$$;

-- Writes the changes of a statement into the audit log, one insert however many rows. Arguments: the table's name, its secret columns.
-- An update records the columns that differ, and the versions; one that changes nothing but the stamps leaves no row.
-- Old and new rows are in a FULL JOIN, which is always a hash or merge join: PostgreSQL keeps the plan of the first, small statements of
-- a connection, and as a nested loop it would compare each of ten thousand rows with each other. Many rows are worth a statement of their
-- table's own, which takes a millisecond to make and to plan.
CREATE OR REPLACE FUNCTION record_changes() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  secrets text[] := TG_ARGV[1]::text[];
BEGIN
  IF TG_OP = 'INSERT' THEN
    INSERT INTO audit_logs (id, change_set_id, table_name, record_id, action, new_values, actor_id, actor, request_id, ip, user_agent, reason)
    SELECT uuid_v7(), w.change_set_id, TG_ARGV[0], n.id, 'CREATE', recorded(to_jsonb(n), secrets),
      w.actor_id, w.actor, w.request_id, w.ip, w.user_agent, w.reason
    FROM new_rows n, (SELECT units_of_work() AS units OFFSET 0) u, unit_of(u.units, n.id) w;
  ELSIF TG_OP = 'DELETE' THEN
    INSERT INTO audit_logs (id, change_set_id, table_name, record_id, action, old_values, actor_id, actor, request_id, ip, user_agent, reason)
    SELECT uuid_v7(), w.change_set_id, TG_ARGV[0], o.id, 'PURGE', recorded(to_jsonb(o), secrets),
      w.actor_id, w.actor, w.request_id, w.ip, w.user_agent, w.reason
    FROM old_rows o, (SELECT units_of_work() AS units OFFSET 0) u, unit_of(u.units, o.id) w;
  ELSIF EXISTS (SELECT FROM new_rows OFFSET 100) THEN
    EXECUTE many_changes_statement(TG_ARGV[0], secrets) USING TG_ARGV[0];
  ELSIF EXISTS (SELECT FROM new_rows) THEN
    INSERT INTO audit_logs
      (id, change_set_id, table_name, record_id, action, old_values, new_values, actor_id, actor, request_id, ip, user_agent, reason)
    SELECT uuid_v7(), w.change_set_id, TG_ARGV[0], r.id,
      CASE
        WHEN r.was ->> 'deleted_at' IS NULL AND r.is_ ->> 'deleted_at' IS NOT NULL THEN 'DELETE'
        WHEN r.was ->> 'deleted_at' IS NOT NULL AND r.is_ ->> 'deleted_at' IS NULL THEN 'RESTORE'
        ELSE 'UPDATE'
      END,
      recorded(d.old_values, secrets), recorded(d.new_values, secrets), w.actor_id, w.actor, w.request_id, w.ip, w.user_agent, w.reason
    FROM (SELECT n.id, to_jsonb(o) AS was, to_jsonb(n) AS is_ FROM new_rows n FULL JOIN old_rows o ON o.id = n.id OFFSET 0) r,
    LATERAL (
      SELECT jsonb_object_agg(key, r.was -> key) AS old_values, jsonb_object_agg(key, value) AS new_values
      FROM jsonb_each(r.is_) WHERE r.was -> key IS DISTINCT FROM value AND key <> ALL (statistics_of(TG_ARGV[0]))
      HAVING count(*) FILTER (WHERE key NOT IN ('version', 'updated_at', 'updated_by', 'search_vector', 'in_stock')) > 0
    ) d, (SELECT units_of_work() AS units OFFSET 0) u, unit_of(u.units, r.id) w;
  END IF;
  RETURN NULL;
END
$$;
