-- Keeps the price of a product and its timeline the same, whatever path a write takes. A new price is a regular price from now on: it ends
-- the one before, and what was scheduled comes all the same. During a sale the product keeps the sale's price. A new currency ends the
-- prices in the old one. What holds now is computed from the timeline, so it cannot be set otherwise. A product that has nothing but its
-- price keeps what it is given, and record_price_changes writes its timeline: the trigger leaves a new price to it, and this function a
-- currency in which the product never had a price.
CREATE OR REPLACE FUNCTION keep_price() RETURNS trigger LANGUAGE plpgsql AS $$
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
  IF NEW.currency <> OLD.currency AND num_nonnulls(
    OLD.regular_price, OLD.prior_price, OLD.on_sale_until, OLD.price_changes_at, NEW.regular_price, NEW.prior_price, NEW.on_sale_until, NEW.price_changes_at
  ) = 0 AND NOT EXISTS (SELECT FROM price_entries e WHERE e.product_id = OLD.id AND e.currency = NEW.currency) THEN
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

-- Writes the timeline of the products of a statement that had nothing but their price and have another now, all at once. A new price is a
-- regular price from now on and ends the one before. The first change records the price that the product had since it was created. Where the
-- timeline has the new price already, it is left as it is.
-- A FULL JOIN is never a nested loop, whose plan a connection would keep for a statement of ten thousand rows; OFFSET 0 keeps it one.
CREATE FUNCTION record_price_changes() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  moment timestamptz;
BEGIN
  IF NOT EXISTS (
    SELECT FROM (
      SELECT n.price, n.currency, o.price AS former, o.currency AS former_currency FROM new_rows n FULL JOIN old_rows o ON o.id = n.id OFFSET 0
    ) r WHERE r.price <> r.former OR r.currency <> r.former_currency
  ) THEN
    RETURN NULL;
  END IF;
  moment := date_trunc('milliseconds', clock_timestamp());
  -- r: each product, before and after.
  -- l: its last regular price in the currency that it had, which is the one in force.
  -- ended: that price ends before the next one is inserted, because the two must not overlap.
  WITH changed AS MATERIALIZED (
    SELECT r.*, l.id AS last_id, greatest(moment, r.created_at, l.valid_from + interval '1 millisecond') AS begins
    FROM (
      SELECT n.id, n.price, n.currency, n.created_at, o.price AS former, o.currency AS former_currency, num_nonnulls(
        o.regular_price, o.prior_price, o.on_sale_until, o.price_changes_at, n.regular_price, n.prior_price, n.on_sale_until, n.price_changes_at
      ) = 0 AS is_plain
      FROM new_rows n FULL JOIN old_rows o ON o.id = n.id OFFSET 0
    ) r LEFT JOIN LATERAL (
      SELECT e.id, e.amount, e.valid_from FROM price_entries e
      WHERE e.product_id = r.id AND e.currency = r.former_currency AND e.kind = 'regular' ORDER BY e.valid_from DESC LIMIT 1
    ) l ON true
    WHERE r.is_plain AND CASE WHEN r.currency = r.former_currency THEN r.price <> r.former AND l.amount IS DISTINCT FROM r.price
      ELSE NOT EXISTS (SELECT FROM price_entries e WHERE e.product_id = r.id AND e.currency = r.currency) END
  ),
  ended AS (
    UPDATE price_entries e SET valid_to = c.begins FROM changed c WHERE e.id = c.last_id AND e.valid_to IS NULL RETURNING e.id
  )
  INSERT INTO price_entries (id, product_id, amount, currency, kind, valid_from, valid_to)
  SELECT uuid_v7(), e.product_id, e.amount, e.currency, 'regular', e.valid_from, e.valid_to
  FROM (
    SELECT c.id AS product_id, c.former AS amount, c.former_currency AS currency, c.created_at AS valid_from, c.begins AS valid_to
    FROM changed c WHERE c.last_id IS NULL AND c.created_at < c.begins
    UNION ALL
    SELECT c.id, c.price, c.currency, c.begins, NULL FROM changed c
  ) e
  WHERE (SELECT count(*) FROM ended) >= 0;
  RETURN NULL;
END
$$;

-- Writes down the prices of products that hold now, where others stand there, and returns how many. The time that it sets is none that a
-- product shows: it makes products_price ask the timeline.
CREATE OR REPLACE FUNCTION settle_prices(of_products uuid[]) RETURNS integer LANGUAGE plpgsql AS $$
DECLARE
  settled integer;
BEGIN
  UPDATE products p SET price_changes_at = 'infinity'
  FROM products q, price_at(q.id, q.currency, date_trunc('milliseconds', clock_timestamp()), coalesce(q.regular_price, q.price), q.created_at) s
  WHERE q.id = ANY (of_products) AND p.id = q.id
    AND (p.price, p.regular_price, p.prior_price, p.on_sale_until, p.price_changes_at) IS DISTINCT FROM
      (s.price, CASE WHEN s.prior_price IS NOT NULL THEN s.regular_price END, s.prior_price, s.on_sale_until, s.changes_at);
  GET DIAGNOSTICS settled = ROW_COUNT;
  RETURN settled;
END
$$;
