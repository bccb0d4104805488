-- Keeps updated_at of a table without versions, whatever path a write takes.
CREATE FUNCTION stamp_time() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.created_at := OLD.created_at;
  NEW.updated_at := greatest(OLD.updated_at, date_trunc('milliseconds', clock_timestamp()));
  RETURN NEW;
END
$$;
