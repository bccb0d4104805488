interface Amounts {
  /** The part of a line of `i` that is kept of its order `o`, of which `refunded` came back. */
  readonly revenue: string;
  /** The sum of a currency's `revenue`, as text. */
  readonly total: string;
}

/** Returns the SQL that creates `sold_items` and `product_stats` (20261129030600-create-product-stats.ts), which name columns of money. */
export function createSalesViews({ revenue, total }: Amounts): string {
  return `CREATE VIEW sold_items AS
  SELECT i.product_id, i.order_id, o.currency, o.placed_at,
    greatest(i.quantity - coalesce(back.units, 0), 0) AS units,
    ${revenue} AS revenue
  FROM order_items i
  JOIN orders o ON o.id = i.order_id AND o.status IN ('paid', 'shipped', 'completed')
  LEFT JOIN LATERAL (
    SELECT sum(r.amount) AS amount FROM refunds r WHERE r.order_id = o.id AND r.status = 'completed'
  ) refunded ON true
  LEFT JOIN LATERAL (
    SELECT sum((line ->> 'quantity')::bigint) AS units FROM refunds r, jsonb_array_elements(r.restock) line
    WHERE r.order_id = o.id AND r.status = 'completed' AND line ->> 'productId' = i.product_id::text
  ) back ON true;

  CREATE MATERIALIZED VIEW product_stats AS
  WITH by_currency AS (
    SELECT product_id, currency, sum(units) AS units, count(*) AS orders, sum(revenue) AS revenue, max(placed_at) AS last_sold_at,
      coalesce(sum(units) FILTER (WHERE placed_at >= now() - interval '30 days'), 0) AS recent_units
    FROM sold_items GROUP BY product_id, currency
  ),
  sold AS (
    SELECT product_id, sum(units)::bigint AS units, sum(orders)::bigint AS orders, max(last_sold_at) AS last_sold_at,
      sum(recent_units)::bigint AS recent_units,
      jsonb_agg(jsonb_build_object('currency', currency, 'amount', ${total}) ORDER BY currency) AS revenue
    FROM by_currency GROUP BY product_id
  ),
  viewed AS (
    SELECT product_id, sum(view_count)::bigint AS recent_views FROM product_views
    WHERE day > (now() AT TIME ZONE 'UTC')::date - 30 GROUP BY product_id
  )
  SELECT product_id, coalesce(units, 0) AS units, coalesce(orders, 0) AS orders, coalesce(revenue, '[]') AS revenue, last_sold_at,
    coalesce(recent_units, 0) AS recent_units, coalesce(recent_views, 0) AS recent_views,
    round(10 * log(2, 1 + coalesce(recent_views, 0) + 10 * coalesce(recent_units, 0)))::int AS popularity
  FROM sold FULL JOIN viewed USING (product_id);
  -- squawk-ignore require-concurrent-index-creation
  CREATE UNIQUE INDEX product_stats_product_id_key ON product_stats (product_id);
  -- squawk-ignore require-concurrent-index-creation
  CREATE INDEX product_stats_units_idx ON product_stats (units, product_id);
  -- squawk-ignore require-concurrent-index-creation
  CREATE INDEX product_stats_popularity_idx ON product_stats (popularity, product_id);`;
}

/** Drops them. */
export const DROP_SALES_VIEWS = `DROP MATERIALIZED VIEW product_stats;
  DROP VIEW sold_items;`;
