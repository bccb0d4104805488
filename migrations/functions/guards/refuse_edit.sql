-- Guards a table whose rows are written once and may be deleted. Unlike refuse_change, it leaves the privilege for UPDATE, which a row's lock
-- takes. Its argument is the table's name, since a shard has another one.
CREATE FUNCTION refuse_edit() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'a row of % never changes: delete it and add another one', TG_ARGV[0]
    USING ERRCODE = 'check_violation', CONSTRAINT = TG_ARGV[0] || '_edit_check';
END
$$;
