-- Keeps the price of a product and its timeline the same, whatever path a write takes. A new price is a regular price from now on: it ends
-- the one before, and what was scheduled comes all the same. During a sale the product keeps the sale's price. A new currency ends the
-- prices in the old one. What holds now is computed from the timeline, so it cannot be set otherwise.
CREATE FUNCTION keep_price() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  moment timestamptz := date_trunc('milliseconds', clock_timestamp());
  flat_price numeric := coalesce(OLD.regular_price, OLD.price);
  ends timestamptz;
  state record;
BEGIN
  -- The checks of the table refuse these, and so may name them.
  IF NOT coalesce(NEW.price BETWEEN 0 AND 999999.99 AND NEW.currency ~ '^[A-Z]{3}$' AND NEW.price = round(NEW.price, currency_decimals(NEW.currency)), false) THEN
    RETURN NEW;
  END IF;
  IF (NEW.price, NEW.currency) IS DISTINCT FROM (OLD.price, OLD.currency) THEN
    -- Two changes within a millisecond keep their order.
    moment := greatest(moment, OLD.created_at, (
      SELECT max(e.valid_from) + interval '1 millisecond' FROM price_entries e WHERE e.product_id = OLD.id AND e.valid_from <= moment));
    IF NEW.currency <> OLD.currency THEN
      PERFORM end_prices(OLD.id, OLD.currency, moment, flat_price, OLD.created_at);
      flat_price := NULL;
    END IF;
    IF NOT EXISTS (
      SELECT FROM price_entries e WHERE e.product_id = OLD.id AND e.currency = NEW.currency AND e.kind = 'regular' AND e.amount = NEW.price
        AND e.valid_from <= moment AND (e.valid_to IS NULL OR e.valid_to > moment)
    ) THEN
      ends := make_room_for_price(OLD.id, NEW.currency, moment, flat_price, OLD.created_at);
      INSERT INTO price_entries (id, product_id, amount, currency, kind, valid_from, valid_to)
      VALUES (uuid_v7(), OLD.id, NEW.price, NEW.currency, 'regular', moment, ends);
    END IF;
    PERFORM require_sound_prices(ARRAY[OLD.id], NEW.currency);
  END IF;
  SELECT * INTO state FROM price_at(OLD.id, NEW.currency, moment, coalesce(flat_price, NEW.price), OLD.created_at);
  NEW.price := coalesce(state.price, NEW.price);
  NEW.regular_price := CASE WHEN state.prior_price IS NOT NULL THEN state.regular_price END;
  NEW.prior_price := state.prior_price;
  NEW.on_sale_until := state.on_sale_until;
  NEW.price_changes_at := state.changes_at;
  RETURN NEW;
END
$$;

-- Ends the prices of a product in a currency, and withdraws those to come.
CREATE FUNCTION end_prices(of_product uuid, in_currency text, moment timestamptz, flat_price numeric, flat_since timestamptz)
RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM price_entries e WHERE e.product_id = of_product AND e.currency = in_currency) THEN
    INSERT INTO price_entries (id, product_id, amount, currency, kind, valid_from, valid_to)
    SELECT uuid_v7(), of_product, flat_price, in_currency, 'regular', flat_since, moment WHERE flat_since < moment;
    RETURN true;
  END IF;
  DELETE FROM price_entries e WHERE e.product_id = of_product AND e.currency = in_currency AND e.valid_from > moment;
  UPDATE price_entries e SET valid_to = moment
  WHERE e.product_id = of_product AND e.currency = in_currency AND e.valid_from < moment AND (e.valid_to IS NULL OR e.valid_to > moment);
  RETURN true;
END
$$;

-- A new product shows its price; what a sale would show follows from its timeline only.
CREATE FUNCTION open_price() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.regular_price := NULL;
  NEW.prior_price := NULL;
  NEW.on_sale_until := NULL;
  NEW.price_changes_at := NULL;
  RETURN NEW;
END
$$;
