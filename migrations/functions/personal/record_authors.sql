-- A row as the audit log keeps it: without generated columns, updated_at, edited_version and popularity, and secret columns without their value.
CREATE OR REPLACE FUNCTION recorded_without(row_values jsonb, secrets text[]) RETURNS jsonb LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT (row_values - '{search_vector,in_stock,updated_at,edited_version,popularity,on_post_id,on_product_id,on_user_id}'::text[]) ||
    (SELECT coalesce(jsonb_object_agg(name, '[secret]'), '{}') FROM unnest(secrets) AS name WHERE jsonb_typeof(row_values -> name) <> 'null')
$$;

CREATE OR REPLACE FUNCTION recorded(row_values jsonb, secrets text[]) RETURNS jsonb LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT CASE WHEN secrets = '{}' THEN row_values - '{search_vector,in_stock,updated_at,edited_version,popularity,on_post_id,on_product_id,on_user_id}'::text[]
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
  moving text[] := CASE WHEN tells_edits THEN '{rating,review_count,last_login_at,regular_price,prior_price,on_sale_until,price_changes_at}'::text[] ELSE '{}' END || counter;
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
