-- Computes product_stats anew while others read it, as the owner, for the application owns nothing; returns when, or null where another
-- refresh runs. Its search path is the shop's schema, so that no temporary table is taken for one of the shop's. An owner that may not make
-- temporary tables, which CONCURRENTLY does, holds up readers meanwhile.
CREATE FUNCTION refresh_product_stats() RETURNS timestamptz LANGUAGE plpgsql SECURITY DEFINER AS $$
DECLARE
  refreshed timestamptz := date_trunc('milliseconds', clock_timestamp());
BEGIN
  IF NOT pg_try_advisory_xact_lock(hashtextextended('refresh_product_stats', 0)) THEN
    RETURN NULL;
  END IF;
  BEGIN
    REFRESH MATERIALIZED VIEW CONCURRENTLY product_stats;
  EXCEPTION WHEN insufficient_privilege THEN
    REFRESH MATERIALIZED VIEW product_stats;
  END;
  INSERT INTO view_refreshes (id, view_name, refreshed_at) VALUES (uuid_v7(), 'product_stats', refreshed)
  ON CONFLICT (view_name) DO UPDATE SET refreshed_at = excluded.refreshed_at;
  RETURN refreshed;
END
$$;

DO $$ BEGIN
  EXECUTE format('ALTER FUNCTION refresh_product_stats() SET search_path = %I, pg_temp', current_schema());
END $$;
