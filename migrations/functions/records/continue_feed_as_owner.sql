-- Transaction ids belong to a cluster. In a database that was restored into another one, new changes could come before old ones, or old
-- ones be held back for months; this lets the positions continue after the last one. Each start calls it; returns whether it did so.
CREATE OR REPLACE FUNCTION continue_feed() RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
  origin text := (SELECT system_identifier FROM pg_control_system()) || '/' || (SELECT oid FROM pg_database WHERE datname = current_database());
  last_position bigint;
  is_restored boolean;
BEGIN
  IF feed_origin() = origin THEN
    RETURN false;
  END IF;
  -- Writers of the log wait, and take the new offset. The trigger is enabled already: this takes its lock, SHARE ROW EXCLUSIVE. Before
  -- PostgreSQL 17, LOCK TABLE asks for a privilege to change rows, which the owner of the log does not have, either.
  ALTER TABLE audit_logs ENABLE TRIGGER audit_logs_append_only;
  IF feed_origin() = origin THEN
    RETURN false;
  END IF;
  last_position := coalesce((SELECT a.feed_position FROM audit_logs a ORDER BY a.feed_position DESC, a.id DESC LIMIT 1), 0);
  is_restored := feed_origin() <> '' OR last_position >= feed_end();
  IF is_restored THEN
    EXECUTE format('CREATE OR REPLACE FUNCTION feed_offset() RETURNS bigint LANGUAGE sql STABLE PARALLEL SAFE AS $f$ SELECT %s::bigint $f$', last_position + 1);
  END IF;
  EXECUTE format('CREATE OR REPLACE FUNCTION feed_origin() RETURNS text LANGUAGE sql STABLE PARALLEL SAFE AS $f$ SELECT %L::text $f$', origin);
  RETURN is_restored;
END
$$;
