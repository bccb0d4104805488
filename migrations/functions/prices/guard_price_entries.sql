-- Ends the regular price that is in force at a time, so that another can begin then, and returns when that one ends: with the next one, or
-- never (null). The first change of a product's own price records the price that it had since it was created.
CREATE FUNCTION make_room_for_price(of_product uuid, in_currency text, moment timestamptz, flat_price numeric, flat_since timestamptz)
RETURNS timestamptz LANGUAGE plpgsql AS $$
DECLARE
  before record;
BEGIN
  SELECT e.id, e.valid_to INTO before FROM price_entries e
  WHERE e.product_id = of_product AND e.currency = in_currency AND e.kind = 'regular' AND e.valid_from < moment
    AND (e.valid_to IS NULL OR e.valid_to > moment);
  IF FOUND THEN
    UPDATE price_entries e SET valid_to = moment WHERE e.id = before.id;
    RETURN before.valid_to;
  END IF;
  IF flat_price IS NOT NULL AND flat_since <> moment AND NOT EXISTS (
    SELECT FROM price_entries e WHERE e.product_id = of_product AND e.currency = in_currency AND e.kind = 'regular'
  ) THEN
    INSERT INTO price_entries (id, product_id, amount, currency, kind, valid_from, valid_to)
    VALUES (uuid_v7(), of_product, flat_price, in_currency, 'regular', flat_since, CASE WHEN flat_since < moment THEN moment END);
  END IF;
  RETURN (SELECT min(e.valid_from) FROM price_entries e
    WHERE e.product_id = of_product AND e.currency = in_currency AND e.kind = 'regular' AND e.valid_from > moment);
END
$$;

-- Keeps what was in force as it was: a price begins now or later, and ends now or later; nothing else of it ever changes. Prices of a
-- product are written under its lock. What triggers write is complete already.
CREATE FUNCTION guard_price_entry() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.set_by := session_variable('app.actor_id')::uuid;
  NEW.created_at := date_trunc('milliseconds', clock_timestamp());
  IF pg_trigger_depth() = 1 THEN
    RETURN begun_price(NEW);
  END IF;
  RETURN NEW;
END
$$;

-- Completes a price that a statement sets: without a time it begins now, and a regular price ends where the next one begins, so a new one
-- ends the one before. The table's owner may bring a price that began earlier, as from another system.
CREATE FUNCTION begun_price(entry price_entries) RETURNS price_entries LANGUAGE plpgsql AS $$
DECLARE
  own record;
  moment timestamptz;
  room timestamptz;
  is_first boolean;
BEGIN
  SELECT currency, coalesce(regular_price, price) AS price, created_at INTO own FROM products WHERE id = entry.product_id FOR NO KEY UPDATE;
  moment := date_trunc('milliseconds', clock_timestamp());
  IF NOT FOUND THEN
    entry.valid_from := coalesce(entry.valid_from, moment);
    RETURN entry;
  END IF;
  IF entry.currency <> own.currency THEN
    own.price := NULL;
  END IF;
  IF entry.valid_from IS NULL THEN
    -- Two prices within a millisecond keep their order.
    entry.valid_from := greatest(moment, CASE WHEN own.price IS NOT NULL THEN own.created_at END, (
      SELECT max(e.valid_from) + interval '1 millisecond' FROM price_entries e
      WHERE e.product_id = entry.product_id AND e.currency = entry.currency AND e.kind = entry.kind AND e.valid_from <= moment));
  ELSIF entry.valid_from < moment AND NOT pg_has_role((SELECT relowner FROM pg_class WHERE oid = 'price_entries'::regclass), 'USAGE') THEN
    RAISE EXCEPTION 'a price begins now or later, not at %', entry.valid_from
      USING ERRCODE = 'check_violation', CONSTRAINT = 'price_entries_valid_from_check', TABLE = 'price_entries';
  END IF;
  IF entry.kind = 'regular' THEN
    room := make_room_for_price(entry.product_id, entry.currency, entry.valid_from, own.price, own.created_at);
    IF entry.valid_to IS NOT NULL AND entry.valid_to IS DISTINCT FROM room THEN
      RAISE EXCEPTION 'a regular price ends where the next one begins'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'price_entries_valid_to_check', TABLE = 'price_entries';
    END IF;
    entry.valid_to := room;
    RETURN entry;
  END IF;
  is_first := NOT EXISTS (
    SELECT FROM price_entries e WHERE e.product_id = entry.product_id AND e.currency = entry.currency AND e.kind = 'regular');
  IF is_first AND own.price IS NOT NULL THEN
    INSERT INTO price_entries (id, product_id, amount, currency, kind, valid_from)
    VALUES (uuid_v7(), entry.product_id, own.price, entry.currency, 'regular', own.created_at);
  END IF;
  RETURN entry;
END
$$;

-- Lets a price end, now or later, as long as it is not over; an earlier end becomes now.
CREATE FUNCTION guard_price_entry_update() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  moment timestamptz;
BEGIN
  IF (to_jsonb(NEW) - 'valid_to') IS DISTINCT FROM (to_jsonb(OLD) - 'valid_to') THEN
    RAISE EXCEPTION 'a price is never changed: end it, and set another' USING ERRCODE = 'insufficient_privilege';
  END IF;
  IF pg_trigger_depth() > 1 THEN
    RETURN NEW;
  END IF;
  PERFORM FROM products WHERE id = NEW.product_id FOR NO KEY UPDATE;
  moment := date_trunc('milliseconds', clock_timestamp());
  IF OLD.valid_to <= moment THEN
    RAISE EXCEPTION 'a price that is over is never changed' USING ERRCODE = 'insufficient_privilege';
  END IF;
  IF NEW.valid_to < moment THEN
    NEW.valid_to := greatest(moment, NEW.valid_from + interval '1 millisecond');
  END IF;
  RETURN NEW;
END
$$;

-- Lets a price be withdrawn before it begins; later it stays for ever, and goes with its product only.
CREATE FUNCTION guard_price_entry_delete() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF pg_trigger_depth() > 1 THEN
    RETURN OLD;
  END IF;
  PERFORM FROM products WHERE id = OLD.product_id FOR NO KEY UPDATE;
  IF FOUND AND OLD.valid_from <= clock_timestamp() THEN
    RAISE EXCEPTION 'a price that was in force is never deleted' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN OLD;
END
$$;

-- A regular price that was to end with a withdrawn one lasts until the next one.
CREATE FUNCTION close_gap_of_prices() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE price_entries b SET valid_to = (
    SELECT min(n.valid_from) FROM price_entries n
    WHERE n.product_id = OLD.product_id AND n.currency = OLD.currency AND n.kind = 'regular' AND n.valid_from >= OLD.valid_from
  )
  WHERE b.product_id = OLD.product_id AND b.currency = OLD.currency AND b.kind = 'regular' AND b.valid_to = OLD.valid_from;
  RETURN NULL;
END
$$;

-- After each statement, the prices of its products are sound, and the products show what holds now.
CREATE FUNCTION settle_changed_prices() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  changed uuid[];
BEGIN
  IF TG_OP = 'DELETE' THEN
    changed := ARRAY(SELECT DISTINCT o.product_id FROM old_rows o);
  ELSE
    changed := ARRAY(SELECT DISTINCT n.product_id FROM new_rows n);
  END IF;
  PERFORM require_sound_prices(changed);
  PERFORM settle_prices(changed);
  RETURN NULL;
END
$$;

-- Writes down the prices of products that hold now, where others stand there, and returns how many. Their triggers find them (keep_price).
CREATE FUNCTION settle_prices(of_products uuid[]) RETURNS integer LANGUAGE plpgsql AS $$
DECLARE
  settled integer;
BEGIN
  UPDATE products p SET price_changes_at = p.price_changes_at
  FROM products q, price_at(q.id, q.currency, date_trunc('milliseconds', clock_timestamp()), coalesce(q.regular_price, q.price), q.created_at) s
  WHERE q.id = ANY (of_products) AND p.id = q.id
    AND (p.price, p.regular_price, p.prior_price, p.on_sale_until, p.price_changes_at) IS DISTINCT FROM
      (s.price, CASE WHEN s.prior_price IS NOT NULL THEN s.regular_price END, s.prior_price, s.on_sale_until, s.changes_at);
  GET DIAGNOSTICS settled = ROW_COUNT;
  RETURN settled;
END
$$;
