-- Keeps version, updated_at and the editors of a row, whatever path a write takes; id, created_at and created_by never change. With an
-- argument, the table has edited_version, the version that the last edit made: a precondition on edits compares it.
CREATE OR REPLACE FUNCTION stamp_row() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  actor uuid := session_variable('app.actor_id')::uuid;
BEGIN
  IF TG_OP = 'INSERT' THEN
    NEW.version := 1;
    NEW.created_by := coalesce(NEW.created_by, actor);
    NEW.updated_by := coalesce(NEW.updated_by, NEW.created_by);
    IF TG_NARGS > 0 THEN
      NEW.edited_version := NEW.version;
    END IF;
    RETURN NEW;
  END IF;
  NEW.id := OLD.id;
  NEW.created_at := OLD.created_at;
  NEW.version := OLD.version + 1;
  -- Purging a user sets created_by to null, and must be able to.
  IF NEW.created_by IS NOT NULL THEN
    NEW.created_by := OLD.created_by;
  END IF;
  IF actor IS NOT NULL THEN
    NEW.updated_by := actor;
  END IF;
  IF TG_NARGS > 0 THEN
    NEW.edited_version := NEW.version;
  END IF;
  NEW.updated_at := greatest(OLD.updated_at, date_trunc('milliseconds', clock_timestamp()));
  RETURN NEW;
END
$$;

-- Raises the version alone: stock, balance and what else moves by itself are no edit (docs/adr/0006). Rows that are older than the column
-- edited_version have none until then: their last change counts as an edit.
CREATE OR REPLACE FUNCTION raise_version() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.version := OLD.version + 1;
  NEW.edited_version := coalesce(NEW.edited_version, OLD.version);
  RETURN NEW;
END
$$;

-- A row as the audit log keeps it: without generated columns, updated_at and edited_version, and secret columns without their value.
CREATE OR REPLACE FUNCTION recorded_without(row_values jsonb, secrets text[]) RETURNS jsonb LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT (row_values - '{search_vector,in_stock,updated_at,edited_version}'::text[]) ||
    (SELECT coalesce(jsonb_object_agg(name, '[secret]'), '{}') FROM unnest(secrets) AS name WHERE jsonb_typeof(row_values -> name) <> 'null')
$$;

CREATE OR REPLACE FUNCTION recorded(row_values jsonb, secrets text[]) RETURNS jsonb LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT CASE WHEN secrets = '{}' THEN row_values - '{search_vector,in_stock,updated_at,edited_version}'::text[] ELSE recorded_without(row_values, secrets) END
$$;

-- The text of the trigger function that writes ledger and audit log of an update, in one statement. It compares the columns one by one:
-- making jsonb of whole rows, as record_changes does, costs more than the rest of a sale. Each row is recorded with its own unit of work. A FULL JOIN is never a nested
-- loop, whose plan a connection would keep for a statement of ten thousand rows.
CREATE OR REPLACE FUNCTION ledger_function(target text, secrets text[], counter text) RETURNS text LANGUAGE plpgsql STABLE AS $$
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
  FROM columns_of(target) WHERE name NOT IN ('id', 'version', 'edited_version', 'updated_by', 'updated_at');
  RETURN format($text$
    CREATE OR REPLACE FUNCTION record_%1$s_update() RETURNS trigger LANGUAGE plpgsql AS $body$
    BEGIN
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
    ledger[1], ledger[2], ledger[3], ledger[4], ledger[5], ledger[6]);
END
$$;

-- Attaches the stamp and audit triggers of a table, with its columns as they are now. A migration that adds a column ends with this
-- call for its table. `secrets` are recorded as changed, never with their value. `counter` is the column that a ledger keeps
-- (stock_quantity, balance): a change of it alone is no edit, and ledger and audit log are written by one statement, because every sale
-- makes both. A table with the column edited_version has others that change by themselves, and those are no edit either.
CREATE OR REPLACE FUNCTION attach_triggers(target text, secrets text[] DEFAULT '{}', counter text DEFAULT NULL) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  has_version boolean := EXISTS (SELECT FROM columns_of(target) WHERE name = 'version');
  update_function text := CASE WHEN counter IS NULL THEN 'record_changes' ELSE format('record_%s_update', target) END;
  tells_edits boolean := EXISTS (SELECT FROM columns_of(target) WHERE name = 'edited_version');
  moving text[] := CASE WHEN tells_edits THEN '{view_count,rating,review_count,last_login_at}'::text[] ELSE '{}' END || counter;
  moved text := (SELECT string_agg(quote_ident(name), ', ' ORDER BY position) FROM columns_of(target) WHERE name = ANY (moving));
  edited text := (SELECT string_agg(quote_ident(name), ', ' ORDER BY position) FROM columns_of(target) WHERE name <> ALL (moving));
BEGIN
  IF has_version THEN
    EXECUTE format('DROP TRIGGER IF EXISTS %I ON %I', target || '_stamp', target);
    EXECUTE format('CREATE TRIGGER %I BEFORE INSERT OR UPDATE %s ON %I FOR EACH ROW EXECUTE FUNCTION stamp_row(%s)',
      target || '_stamp', CASE WHEN moved IS NULL THEN '' ELSE 'OF ' || edited END, target, CASE WHEN tells_edits THEN quote_literal('edited_version') END);
  END IF;
  IF counter IS NOT NULL THEN
    EXECUTE format('CREATE OR REPLACE TRIGGER %I BEFORE UPDATE OF %s ON %I FOR EACH ROW EXECUTE FUNCTION raise_version()',
      target || '_version', moved, target);
    EXECUTE ledger_function(target, secrets, counter);
  END IF;
  EXECUTE format('CREATE OR REPLACE TRIGGER %I AFTER INSERT ON %I REFERENCING NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION record_changes(%L, %L)', target || '_audit_insert', target, target, secrets);
  EXECUTE format('CREATE OR REPLACE TRIGGER %I AFTER UPDATE ON %I REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION %I(%L, %L)', target || '_audit_update', target, update_function, target, secrets);
  EXECUTE format('CREATE OR REPLACE TRIGGER %I AFTER DELETE ON %I REFERENCING OLD TABLE AS old_rows
    FOR EACH STATEMENT EXECUTE FUNCTION record_changes(%L, %L)', target || '_audit_delete', target, target, secrets);
END
$$;
