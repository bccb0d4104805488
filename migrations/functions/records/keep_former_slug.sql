-- Keeps the slug that a row of the named table had, so that it leads to the row; the last row that had a slug has it. It is run where a
-- live row gets another slug, and where a row is purged. Only who has a live row locked writes the slug that it had, so no two wait for
-- each other.
CREATE FUNCTION keep_former_slug() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN
    DELETE FROM former_slugs WHERE record_id = OLD.id AND table_name = TG_ARGV[0];
    RETURN NULL;
  END IF;
  INSERT INTO former_slugs (id, table_name, slug, record_id) VALUES (uuid_v7(), TG_ARGV[0], OLD.slug, OLD.id)
  ON CONFLICT (table_name, slug) DO UPDATE SET record_id = excluded.record_id, created_at = excluded.created_at;
  RETURN NULL;
END
$$;
