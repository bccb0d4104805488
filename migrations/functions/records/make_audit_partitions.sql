-- Makes the audit log's partitions of this month and the next ones; those that exist stay. A partition is made apart and then attached,
-- so that writers of the log need not wait. A month whose rows are in the default partition already gets none, and neither does one whose
-- locks are not free in time: its rows go to the default partition, and migrations/README.md shows how to move them.
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
      EXECUTE format('CREATE TABLE %I (LIKE audit_logs INCLUDING DEFAULTS INCLUDING CONSTRAINTS)', partition);
      PERFORM guard_audit_partition(partition);
      EXECUTE format('ALTER TABLE audit_logs ATTACH PARTITION %I FOR VALUES FROM (%L) TO (%L)', partition, month,
        (month AT TIME ZONE 'UTC' + interval '1 month') AT TIME ZONE 'UTC');
    EXCEPTION
      WHEN check_violation THEN
        RAISE NOTICE 'audit_logs_default has rows of the month of %, which stay there', partition;
      WHEN lock_not_available OR deadlock_detected THEN
        RAISE NOTICE '% was not made, because others hold its locks; the next call makes it', partition;
        RETURN;
    END;
  END LOOP;
END
$$;

-- A statement that names a partition fires no trigger of the parent, and needs the partition's privileges.
CREATE FUNCTION guard_audit_partition(partition text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('CREATE TRIGGER audit_logs_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON %I
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change(%L)', partition, 'audit_logs');
  EXECUTE format('REVOKE UPDATE, DELETE, TRUNCATE ON %I FROM PUBLIC, CURRENT_USER', partition);
END
$$;
