-- The price of a product in a currency at a time: what one pays, the price without a sale and, during a sale, the prior price and the sale's
-- end; and the next time at which any of these changes. All null before its first price. A product whose price never changed has no
-- entries: it had `flat_price` since `flat_since`; null for a currency that is not its own.
-- The prior price is the lowest of the 30 days before the reduction began; a reduction that grows step by step, without a gap, began with
-- its first step (Directive 98/6/EC, article 6a, paragraphs 1, 2 and 5). A sale is never above the regular price, so the lowest price of a
-- span is the lowest of all entries that touch it: a regular price that a sale covered is no lower than the sale.
CREATE FUNCTION price_at(of_product uuid, in_currency text, at_time timestamptz, flat_price numeric, flat_since timestamptz)
RETURNS TABLE (price numeric, regular_price numeric, prior_price numeric, on_sale_until timestamptz, changes_at timestamptz)
LANGUAGE sql STABLE ROWS 1 AS $$
  WITH RECURSIVE regular AS (
    SELECT e.amount, e.valid_to FROM price_entries e
    WHERE e.product_id = of_product AND e.currency = in_currency AND e.kind = 'regular' AND e.valid_from <= at_time
    ORDER BY e.valid_from DESC LIMIT 1
  ),
  flat AS (
    SELECT flat_price AS amount WHERE flat_since <= at_time AND NOT EXISTS (
      SELECT FROM price_entries e WHERE e.product_id = of_product AND e.currency = in_currency AND e.kind = 'regular')
  ),
  sale AS (
    SELECT e.* FROM (
      SELECT e.amount, e.valid_from, e.valid_to FROM price_entries e
      WHERE e.product_id = of_product AND e.currency = in_currency AND e.kind = 'sale' AND e.valid_from <= at_time
      ORDER BY e.valid_from DESC LIMIT 1
    ) e WHERE e.valid_to IS NULL OR e.valid_to > at_time
  ),
  steps AS (
    SELECT s.amount, s.valid_from FROM sale s
    UNION ALL
    SELECT e.amount, e.valid_from FROM steps s JOIN price_entries e
      ON e.product_id = of_product AND e.currency = in_currency AND e.kind = 'sale' AND e.valid_to = s.valid_from AND e.amount >= s.amount
  ),
  began AS (SELECT min(s.valid_from) AS at FROM steps s),
  upcoming AS (
    SELECT min(e.valid_from) AS at FROM price_entries e
    WHERE e.product_id = of_product AND e.currency = in_currency AND e.valid_from > at_time
  ),
  now_regular AS (
    SELECT r.amount, r.valid_to FROM regular r WHERE r.valid_to IS NULL OR r.valid_to > at_time
    UNION ALL
    SELECT f.amount, NULL FROM flat f
  )
  SELECT coalesce(s.amount, r.amount), r.amount,
    CASE WHEN s.amount IS NOT NULL THEN coalesce((
      SELECT min(e.amount) FROM price_entries e
      WHERE e.product_id = of_product AND e.currency = in_currency AND e.valid_from < b.at AND (e.valid_to IS NULL OR e.valid_to > b.at - interval '720 hours')
    ), r.amount) END,
    s.valid_to, least(s.valid_to, r.valid_to, u.at)
  FROM began b CROSS JOIN upcoming u LEFT JOIN sale s ON true LEFT JOIN now_regular r ON true
$$;

-- One amount of what price_at returns: `price`, `regular` or `prior`. A function that PostgreSQL does not inline, because reads have it for
-- rows whose price has just changed, and would prepare its query for all others.
CREATE FUNCTION amount_at(part text, of_product uuid, in_currency text, at_time timestamptz, flat_price numeric, flat_since timestamptz)
RETURNS numeric LANGUAGE plpgsql STABLE AS $$
DECLARE
  state record;
BEGIN
  SELECT * INTO state FROM price_at(of_product, in_currency, at_time, flat_price, flat_since);
  RETURN CASE part WHEN 'price' THEN state.price WHEN 'regular' THEN state.regular_price WHEN 'prior' THEN state.prior_price END;
END
$$;

-- When the sale ends that price_at returns; null without one.
CREATE FUNCTION sale_end_at(of_product uuid, in_currency text, at_time timestamptz, flat_price numeric, flat_since timestamptz)
RETURNS timestamptz LANGUAGE plpgsql STABLE AS $$
BEGIN
  RETURN (SELECT s.on_sale_until FROM price_at(of_product, in_currency, at_time, flat_price, flat_since) s);
END
$$;

-- A digest of all that price_at returns.
CREATE FUNCTION price_digest_at(of_product uuid, in_currency text, at_time timestamptz, flat_price numeric, flat_since timestamptz)
RETURNS bigint LANGUAGE plpgsql STABLE AS $$
BEGIN
  RETURN (SELECT hashtextextended(s::text, 0) FROM price_at(of_product, in_currency, at_time, flat_price, flat_since) s);
END
$$;
