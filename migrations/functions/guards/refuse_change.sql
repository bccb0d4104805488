-- Guards an append-only table; its argument is the table's name, since a shard has another one.
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is append-only: its rows are never changed or deleted', TG_ARGV[0]
    USING ERRCODE = 'insufficient_privilege';
END
$$;

-- Guards a ledger that a trigger writes: a row inserted by hand would move nothing, and the counter would no longer equal its sum.
-- Arguments: the ledger, and the column to change instead.
CREATE FUNCTION refuse_insert() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is written by a trigger: change %, which adds the entry', TG_ARGV[0], TG_ARGV[1]
    USING ERRCODE = 'insufficient_privilege';
END
$$;
