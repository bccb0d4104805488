-- Keeps is_public of a post: whether it is published and its time has come. Nobody else sets it. A post that becomes due while it is deleted
-- becomes public after its restoration, by the job of the timed queue publish-posts, so that its publication is a change of its own.
CREATE FUNCTION show_post() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  due boolean := NEW.status = 'published' AND NEW.published_at <= clock_timestamp();
BEGIN
  IF TG_OP = 'UPDATE' AND (NEW.deleted_at IS NOT NULL OR OLD.deleted_at IS NOT NULL) THEN
    NEW.is_public := due AND OLD.is_public;
  ELSE
    NEW.is_public := due AND NEW.deleted_at IS NULL;
  END IF;
  RETURN NEW;
END
$$;
