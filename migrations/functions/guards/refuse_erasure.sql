-- Guards values of people that lie beside the audit log: they go with their person or their entry, by a foreign key, or by the table's
-- owner, who erases them. Its argument is the table's name.
CREATE FUNCTION refuse_erasure() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT pg_has_role((SELECT relowner FROM pg_class WHERE oid = TG_RELID), 'USAGE') THEN
    RAISE EXCEPTION '% is erased by its owner, or goes with its person', TG_ARGV[0] USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NULL;
END
$$;
