-- No change below this position can appear any more: its transaction would have to be older than the oldest one of this database that
-- runs. A transaction of another database cannot write the log of this one; it is left out where pg_stat_activity or pg_prepared_xacts
-- says that it is elsewhere, and one that neither knows (it ended since the snapshot) counts as one of ours. A standby's snapshot lists no
-- running transactions, so its oldest one counts.
CREATE OR REPLACE FUNCTION feed_bound() RETURNS bigint LANGUAGE sql STABLE PARALLEL RESTRICTED AS $$
  SELECT feed_offset() + CASE WHEN pg_is_in_recovery() THEN pg_snapshot_xmin(now_seen)::text::bigint ELSE least(
    pg_snapshot_xmax(now_seen)::text::bigint,
    pg_current_xact_id_if_assigned()::text::bigint,
    (
      SELECT min(running::text::bigint) FROM pg_snapshot_xip(now_seen) AS running
      WHERE NOT EXISTS (
        SELECT FROM pg_stat_activity a WHERE a.backend_xid = running::xid AND a.datname <> current_database()
        UNION ALL
        SELECT FROM pg_prepared_xacts p WHERE p.transaction = running::xid AND p.database <> current_database()
      )
    )
  ) END
  FROM pg_current_snapshot() AS now_seen
$$;
