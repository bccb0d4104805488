-- Guards the audit log, which triggers write: an entry that a statement inserts itself is no record of a change. Its table's owner may,
-- who moves rows between partitions. Its argument is the table's name.
CREATE FUNCTION refuse_forged_entry() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT pg_has_role((SELECT relowner FROM pg_class WHERE oid = TG_RELID), 'USAGE') THEN
    RAISE EXCEPTION '% is written by triggers: change the row, which adds the entry', TG_ARGV[0] USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NULL;
END
$$;
