-- Refuses prices of these products that could not hold from now on: a sale above the regular price at any moment of its span, a sale without
-- a regular price, or a time without a regular price in the product's own currency, which is `own_currency` where that is about to change. Its
-- caller holds the rows of the products.
CREATE FUNCTION require_sound_prices(products_changed uuid[], own_currency text DEFAULT NULL) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
  moment timestamptz := date_trunc('milliseconds', clock_timestamp());
  broken record;
BEGIN
  SELECT s.product_id, s.amount, s.currency INTO broken FROM price_entries s JOIN price_entries r
    ON r.product_id = s.product_id AND r.currency = s.currency AND r.kind = 'regular' AND r.amount < s.amount
    AND tstzrange(r.valid_from, r.valid_to) && tstzrange(s.valid_from, s.valid_to)
  WHERE s.product_id = ANY (products_changed) AND s.kind = 'sale' AND (s.valid_to IS NULL OR s.valid_to > moment) LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION 'the sale price % % of product % is above its regular price', broken.amount, broken.currency, broken.product_id
      USING ERRCODE = 'check_violation', CONSTRAINT = 'price_entries_sale_check', TABLE = 'price_entries';
  END IF;
  SELECT n.product_id, n.currency INTO broken FROM (
    SELECT p.id AS product_id, coalesce(own_currency, p.currency) AS currency, tstzrange(moment, NULL) AS span FROM products p
    WHERE p.id = ANY (products_changed)
      AND EXISTS (SELECT FROM price_entries e WHERE e.product_id = p.id AND e.currency = coalesce(own_currency, p.currency))
    UNION ALL
    SELECT s.product_id, s.currency, tstzrange(greatest(s.valid_from, moment), s.valid_to) FROM price_entries s
    WHERE s.product_id = ANY (products_changed) AND s.kind = 'sale' AND (s.valid_to IS NULL OR s.valid_to > moment)
  ) n
  WHERE NOT coalesce((
    SELECT range_agg(tstzrange(r.valid_from, r.valid_to)) @> n.span FROM price_entries r
    WHERE r.product_id = n.product_id AND r.currency = n.currency AND r.kind = 'regular' AND (r.valid_to IS NULL OR r.valid_to > moment)
  ), false) LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION 'product % would be without a regular price in %', broken.product_id, broken.currency
      USING ERRCODE = 'check_violation', CONSTRAINT = 'price_entries_regular_check', TABLE = 'price_entries';
  END IF;
  RETURN true;
END
$$;
