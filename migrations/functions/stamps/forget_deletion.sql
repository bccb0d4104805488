-- A row that is restored no longer goes with the deletion of another.
CREATE FUNCTION forget_deletion() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.deleted_with := NULL;
  RETURN NEW;
END
$$;
