-- Keeps version, updated_at and the editors of a row, whatever path a write takes; id, created_at and created_by never change.
CREATE FUNCTION stamp_row() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  actor uuid := session_variable('app.actor_id')::uuid;
BEGIN
  IF TG_OP = 'INSERT' THEN
    NEW.version := 1;
    NEW.created_by := coalesce(NEW.created_by, actor);
    NEW.updated_by := coalesce(NEW.updated_by, NEW.created_by);
    RETURN NEW;
  END IF;
  NEW.id := OLD.id;
  NEW.created_at := OLD.created_at;
  NEW.version := OLD.version + 1;
  -- Purging a user sets created_by to null, and must be able to.
  IF NEW.created_by IS NOT NULL THEN
    NEW.created_by := OLD.created_by;
  END IF;
  IF actor IS NOT NULL THEN
    NEW.updated_by := actor;
  END IF;
  NEW.updated_at := greatest(OLD.updated_at, date_trunc('milliseconds', clock_timestamp()));
  RETURN NEW;
END
$$;

-- Raises the version alone: stock and balance that move are no edit (docs/adr/0006).
CREATE FUNCTION raise_version() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.version := OLD.version + 1;
  RETURN NEW;
END
$$;
