-- Makes the audit log's partitions of this month and the next ones; those that exist stay. Each has its own guards, because a statement
-- that names a partition fires no trigger of the parent. A month whose rows went to the default partition meanwhile stays there: no
-- write fails for want of a partition.
CREATE FUNCTION make_audit_partitions(months_ahead int) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  month timestamptz;
  partition text;
BEGIN
  IF to_regclass('audit_logs_default') IS NULL THEN
    CREATE TABLE audit_logs_default PARTITION OF audit_logs DEFAULT;
    PERFORM guard_audit_partition('audit_logs_default');
  END IF;
  FOR step IN 0..months_ahead LOOP
    month := date_trunc('month', now() AT TIME ZONE 'UTC') AT TIME ZONE 'UTC' + make_interval(months => step);
    partition := 'audit_logs_' || to_char(month AT TIME ZONE 'UTC', 'YYYY_MM');
    CONTINUE WHEN to_regclass(partition) IS NOT NULL;
    -- Two processes that start at once make it once; to_regclass would not see what the other made meanwhile.
    PERFORM pg_advisory_xact_lock(7003);
    CONTINUE WHEN EXISTS (SELECT FROM pg_class WHERE relname = partition AND pg_table_is_visible(oid));
    BEGIN
      EXECUTE format('CREATE TABLE %I PARTITION OF audit_logs FOR VALUES FROM (%L) TO (%L)', partition, month,
        (month AT TIME ZONE 'UTC' + interval '1 month') AT TIME ZONE 'UTC');
      PERFORM guard_audit_partition(partition);
    EXCEPTION WHEN check_violation THEN
      RAISE NOTICE 'The default partition has rows of %, which stay there.', partition;
    END;
  END LOOP;
END
$$;

CREATE FUNCTION guard_audit_partition(partition text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('CREATE TRIGGER audit_logs_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON %I
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change(%L)', partition, 'audit_logs');
  EXECUTE format('REVOKE UPDATE, DELETE, TRUNCATE ON %I FROM PUBLIC, CURRENT_USER', partition);
END
$$;
