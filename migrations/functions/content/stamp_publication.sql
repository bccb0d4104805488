-- Sets the time of publication of a post that is published without one.
CREATE FUNCTION stamp_publication() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.published_at := date_trunc('milliseconds', clock_timestamp());
  RETURN NEW;
END
$$;
