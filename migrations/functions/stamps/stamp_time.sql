-- Keeps updated_at of a table without versions, where the statement does not set it, whatever path a write takes.
CREATE FUNCTION stamp_time() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.created_at := OLD.created_at;
  IF NEW.updated_at = OLD.updated_at THEN
    NEW.updated_at := greatest(OLD.updated_at, date_trunc('milliseconds', clock_timestamp()));
  END IF;
  RETURN NEW;
END
$$;
