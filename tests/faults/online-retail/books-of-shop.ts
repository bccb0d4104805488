/** The sums of one month, country and kind in the shop. */
export interface BookRow {
  readonly key: string;
  readonly rows: string;
  readonly quantity: string;
  readonly amount: string;
}

const MONTH = (column: string) => `to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM')`;

/* Rows of one product are one line here, so rows are those of the shop. */
export const BOOKS_OF_SHOP = `
  SELECT concat_ws(' ', ${MONTH('o.placed_at')}, o.shipping_address ->> 'countryName', 'sold') AS key, count(*) AS rows, sum(i.quantity) AS quantity,
    sum(i.subtotal - i.discount)::text AS amount
  FROM orders o JOIN order_items i ON i.order_id = o.id WHERE o.imported_at IS NOT NULL GROUP BY 1
  UNION ALL
  SELECT concat_ws(' ', ${MONTH('f.created_at')}, o.shipping_address ->> 'countryName', 'refunded'), count(*), -sum(i.quantity), (-sum(i.amount))::text
  FROM refunds f JOIN refund_items i ON i.refund_id = f.id JOIN orders o ON o.id = f.order_id WHERE f.reference IS NOT NULL GROUP BY 1`;

export const STANDING = `
  SELECT (SELECT count(*)::int FROM orders) AS orders, (SELECT count(*)::int FROM orders WHERE status = 'refunded') AS refunded_orders,
    (SELECT count(*)::int FROM order_items) AS lines, (SELECT count(*)::int FROM refunds) AS refunds, (SELECT count(*)::int FROM products) AS products,
    (SELECT count(*)::int FROM stock_movements) AS stock_movements, (SELECT count(DISTINCT change_set_id)::int FROM audit_logs WHERE table_name = 'orders') AS change_sets,
    (SELECT json_object_agg(code, n) FROM (SELECT split_part(problem, '"', 1) AS code, count(*) AS n FROM import_rows GROUP BY 1) r) AS refused`;
