-- The columns of a table that are statistics of what visitors do: no change of the object, so they neither raise its version nor are
-- recorded. Its ETag covers what is shown of them.
CREATE FUNCTION statistics_of(target text) RETURNS text[] LANGUAGE sql IMMUTABLE AS $$
  SELECT CASE target WHEN 'products' THEN '{view_count,popularity}'::text[] ELSE '{}'::text[] END
$$;

-- A row as the audit log keeps it: without generated columns, updated_at, edited_version and popularity, and secret columns without their value.
CREATE OR REPLACE FUNCTION recorded_without(row_values jsonb, secrets text[]) RETURNS jsonb LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT (row_values - '{search_vector,in_stock,updated_at,edited_version,popularity}'::text[]) ||
    (SELECT coalesce(jsonb_object_agg(name, '[secret]'), '{}') FROM unnest(secrets) AS name WHERE jsonb_typeof(row_values -> name) <> 'null')
$$;

CREATE OR REPLACE FUNCTION recorded(row_values jsonb, secrets text[]) RETURNS jsonb LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT CASE WHEN secrets = '{}' THEN row_values - '{search_vector,in_stock,updated_at,edited_version,popularity}'::text[] ELSE recorded_without(row_values, secrets) END
$$;

-- The text of the trigger function that writes ledger and audit log of an update, in one statement. It compares the columns one by one:
-- making jsonb of whole rows, as record_changes does, costs more than the rest of a sale. Each row is recorded with its own unit of work. A
-- FULL JOIN is never a nested loop, whose plan a connection would keep for a statement of ten thousand rows. A change of a personal column
-- goes the long way, which every other change is spared.
CREATE OR REPLACE FUNCTION ledger_function(target text, secrets text[], counter text, personal text[]) RETURNS text LANGUAGE plpgsql STABLE AS $$
DECLARE
  old_members text;
  new_members text;
  -- The ledger, its columns (owner, difference, count after it, kind), and the unit's variable that names the kind.
  ledger text[] := CASE counter
    WHEN 'stock_quantity' THEN '{stock_movements,product_id,delta,quantity_after,reason,stock_reason}'::text[]
    WHEN 'balance' THEN '{balance_entries,user_id,amount,balance_after,kind,balance_kind}'::text[]
  END;
BEGIN
  SELECT string_agg(changed_member('o', name, name = ANY (secrets)), ', ' ORDER BY position),
    string_agg(changed_member('n', name, name = ANY (secrets)), ', ' ORDER BY position)
  INTO old_members, new_members
  FROM columns_of(target)
  WHERE name NOT IN ('id', 'version', 'edited_version', 'updated_by', 'updated_at') AND name <> ALL (personal || statistics_of(target));
  RETURN format($text$
    CREATE OR REPLACE FUNCTION record_%1$s_update() RETURNS trigger LANGUAGE plpgsql AS $body$
    BEGIN
      %13$s
      WITH c AS MATERIALIZED (
        SELECT c.*, w.* FROM (
          SELECT n.id, o.%2$I AS before, n.%2$I AS after,
            CASE WHEN (o.deleted_at IS NULL) = (n.deleted_at IS NULL) THEN 'UPDATE' WHEN o.deleted_at IS NULL THEN 'DELETE' ELSE 'RESTORE' END AS action,
            ',"version":' || o.version || coalesce(',' || %3$s, '') || '}' AS old_stamps,
            ',"version":' || n.version || coalesce(',' || %4$s, '') || '}' AS new_stamps,
            concat_ws(',', %5$s) AS old_values,
            concat_ws(',', %6$s) AS new_values
          FROM new_rows n FULL JOIN old_rows o ON o.id = n.id OFFSET 0
        ) c, (SELECT units_of_work() AS units OFFSET 0) u, unit_of(u.units, c.id) w
      ),
      moved AS (
        INSERT INTO %7$I (id, %8$I, %9$I, %10$I, %11$I, order_id, refund_id, note, actor_id)
        SELECT uuid_v7(), id, after - before, after, coalesce(%12$I, 'adjustment'), order_id, refund_id, ledger_note, actor_id
        FROM c WHERE after <> before
      )
      INSERT INTO audit_logs
        (id, change_set_id, table_name, record_id, action, old_values, new_values, actor_id, actor, request_id, ip, user_agent, reason)
      SELECT uuid_v7(), change_set_id, TG_ARGV[0], id, action, ('{' || old_values || old_stamps)::jsonb, ('{' || new_values || new_stamps)::jsonb,
        actor_id, actor, request_id, ip, user_agent, reason
      FROM c WHERE new_values <> '';
      RETURN NULL;
    END
    $body$
  $text$, target, counter, changed_member('o', 'updated_by', false), changed_member('n', 'updated_by', false), old_members, new_members,
    ledger[1], ledger[2], ledger[3], ledger[4], ledger[5], ledger[6], personal_branch(counter, personal, ledger));
END
$$;

-- Attaches the stamp and audit triggers of a table, with its columns as they are now. A migration that adds a column ends with this
-- call for its table. `secrets` are recorded as changed, never with their value; `personal` ones with a digest, and their values in
-- audit_personal, for the person in user_id (of users: in id). `counter` is the column that a ledger keeps (stock_quantity, balance): a
-- change of it alone is no edit, and ledger and audit log are written by one statement, because every sale makes both. A table with the
-- column edited_version has others that change by themselves, and those are no edit either. Its statistics raise no version at all.
CREATE OR REPLACE FUNCTION attach_triggers(target text, secrets text[] DEFAULT '{}', counter text DEFAULT NULL, personal text[] DEFAULT '{}')
RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  has_version boolean := EXISTS (SELECT FROM columns_of(target) WHERE name = 'version');
  tells_edits boolean := EXISTS (SELECT FROM columns_of(target) WHERE name = 'edited_version');
  moving text[] := CASE WHEN tells_edits THEN '{rating,review_count,last_login_at,regular_price,prior_price,on_sale_until,price_changes_at}'::text[] ELSE '{}' END || counter;
  moved text := (SELECT string_agg(quote_ident(name), ', ' ORDER BY position) FROM columns_of(target) WHERE name = ANY (moving));
  edited text := (SELECT string_agg(quote_ident(name), ', ' ORDER BY position) FROM columns_of(target) WHERE name <> ALL (moving || statistics_of(target)));
  person text := CASE WHEN target = 'users' THEN 'id' ELSE (SELECT name FROM columns_of(target) WHERE name = 'user_id') END;
  arguments text := CASE WHEN personal = '{}' THEN format('%L, %L', target, secrets)
    ELSE format('%L, %L, %L, %L', target, secrets, personal, coalesce(person, '')) END;
  insert_function text := CASE WHEN personal = '{}' THEN 'record_changes' ELSE format('record_%s_insert', target) END;
  update_function text := CASE WHEN personal = '{}' AND counter IS NULL THEN 'record_changes' ELSE format('record_%s_update', target) END;
  delete_function text := CASE WHEN personal = '{}' THEN 'record_changes' ELSE 'record_personal_purge' END;
BEGIN
  IF has_version THEN
    EXECUTE format('DROP TRIGGER IF EXISTS %I ON %I', target || '_stamp', target);
    EXECUTE format('CREATE TRIGGER %I BEFORE INSERT OR UPDATE %s ON %I FOR EACH ROW EXECUTE FUNCTION stamp_row(%s)',
      target || '_stamp', CASE WHEN moved IS NULL THEN '' ELSE 'OF ' || edited END, target, CASE WHEN tells_edits THEN quote_literal('edited_version') END);
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
