-- Attaches the stamp and audit triggers of a table, with its columns as they are now. A migration that adds a column ends with this
-- call for its table. `secrets` are recorded as changed, never with their value. `counter` is the column that a ledger keeps
-- (stock_quantity, balance): a change of it alone is no edit, and ledger and audit log are written by one statement, because every sale
-- makes both.
CREATE FUNCTION attach_triggers(target text, secrets text[] DEFAULT '{}', counter text DEFAULT NULL) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  has_version boolean := EXISTS (SELECT FROM columns_of(target) WHERE name = 'version');
  update_function text := CASE WHEN counter IS NULL THEN 'record_changes' ELSE format('record_%s_update', target) END;
  edited text := (SELECT string_agg(quote_ident(name), ', ' ORDER BY position) FROM columns_of(target) WHERE name <> counter);
BEGIN
  IF has_version THEN
    EXECUTE format('DROP TRIGGER IF EXISTS %I ON %I', target || '_stamp', target);
    EXECUTE format('CREATE TRIGGER %I BEFORE INSERT OR UPDATE %s ON %I FOR EACH ROW EXECUTE FUNCTION stamp_row()',
      target || '_stamp', CASE WHEN counter IS NULL THEN '' ELSE 'OF ' || edited END, target);
  END IF;
  IF counter IS NOT NULL THEN
    EXECUTE format('CREATE OR REPLACE TRIGGER %I BEFORE UPDATE OF %I ON %I FOR EACH ROW EXECUTE FUNCTION raise_version()',
      target || '_version', counter, target);
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

-- The columns of a table that are written, in their order: all but those that PostgreSQL generates.
CREATE FUNCTION columns_of(target text) RETURNS TABLE (name text, "position" int) LANGUAGE sql STABLE AS $$
  SELECT attname::text, attnum::int FROM pg_attribute
  WHERE attrelid = target::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = ''
$$;
