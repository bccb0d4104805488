-- What the positions of this database begin at: 0, or one more than the last position that it was restored with (continue_feed).
CREATE FUNCTION feed_offset() RETURNS bigint LANGUAGE sql STABLE PARALLEL SAFE AS $$ SELECT 0::bigint $$;

-- The cluster and database that the offset belongs to; empty before the first start.
CREATE FUNCTION feed_origin() RETURNS text LANGUAGE sql STABLE PARALLEL SAFE AS $$ SELECT ''::text $$;

-- The position of a change in the feed of events: its transaction's id, or the last id that had ended when the change was made, where that
-- is higher. So a change comes after every change that was committed before it was made, in particular after those of the same row; by the
-- transaction's id alone, one that began early and waited for a row would come before the changes that it waited for.
CREATE FUNCTION feed_position() RETURNS bigint LANGUAGE sql STABLE AS $$
  SELECT feed_offset() + greatest(pg_current_xact_id()::text::bigint, pg_snapshot_xmax(pg_current_snapshot())::text::bigint - 1)
$$;

-- No change below this position can appear any more: its transaction would have to be older than the oldest one that runs.
CREATE FUNCTION feed_bound() RETURNS bigint LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT feed_offset() + pg_snapshot_xmin(pg_current_snapshot())::text::bigint
$$;

-- The position that the next transaction would have; a cursor beyond it was not written by this database.
CREATE FUNCTION feed_end() RETURNS bigint LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT feed_offset() + pg_snapshot_xmax(pg_current_snapshot())::text::bigint
$$;

-- Transaction ids belong to a cluster. In a database that was restored into another one, new changes could come before old ones, or old
-- ones be held back for months; this lets the positions continue after the last one. Each start calls it; returns whether it did so.
CREATE FUNCTION continue_feed() RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
  origin text := (SELECT system_identifier FROM pg_control_system()) || '/' || (SELECT oid FROM pg_database WHERE datname = current_database());
  last_position bigint;
  is_restored boolean;
BEGIN
  IF feed_origin() = origin THEN
    RETURN false;
  END IF;
  -- Writers of the log wait, and take the new offset.
  LOCK TABLE audit_logs IN SHARE ROW EXCLUSIVE MODE;
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
