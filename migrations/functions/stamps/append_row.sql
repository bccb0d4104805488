-- Puts a row with the position -1, the column's default, behind its siblings, deleted ones included. Arguments: the table, the column of the
-- position, and the columns of the owners, of which a row has one. Two rows that are added at once may get the same position, and their ids
-- order them. EXECUTE plans for the rows that there are, see record_changes.
CREATE FUNCTION append_row() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  given jsonb := to_jsonb(NEW);
  siblings text;
  last integer;
BEGIN
  SELECT string_agg(format('%I = %L', name, given ->> name), ' AND ') INTO siblings
  FROM unnest(TG_ARGV[2:]) AS name WHERE given ->> name IS NOT NULL;
  EXECUTE format('SELECT max(%I) FROM %I WHERE %s', TG_ARGV[1], TG_ARGV[0], coalesce(siblings, 'false')) INTO last;
  RETURN jsonb_populate_record(NEW, jsonb_build_object(TG_ARGV[1], least(coalesce(last, -1), 2147483646) + 1));
END
$$;
