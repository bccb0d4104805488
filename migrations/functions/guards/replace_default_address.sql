-- A customer has one default address of each kind: the one that was said last. The user is locked, so that two that are said at once come one
-- after the other.
CREATE FUNCTION replace_default_address() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM FROM users WHERE id = NEW.user_id FOR NO KEY UPDATE;
  UPDATE addresses a SET is_default_shipping = a.is_default_shipping AND NOT NEW.is_default_shipping,
    is_default_billing = a.is_default_billing AND NOT NEW.is_default_billing
  WHERE a.user_id = NEW.user_id AND a.id <> NEW.id AND a.deleted_at IS NULL
    AND (a.is_default_shipping AND NEW.is_default_shipping OR a.is_default_billing AND NEW.is_default_billing);
  RETURN NEW;
END
$$;
