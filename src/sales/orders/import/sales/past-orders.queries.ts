/* An order of an earlier import gets lines, so it is locked; its lines are found by their product. */
export const FIND_ORDERS = `
  SELECT o.id, o.order_number, o.imported_at IS NOT NULL AS is_imported, o.currency,
    (SELECT coalesce(jsonb_object_agg(i.product_id, jsonb_build_object('quantity', i.quantity, 'amount', (i.subtotal - i.discount)::text)), '{}')
      FROM order_items i WHERE i.order_id = o.id) AS lines
  FROM orders o WHERE o.order_number = ANY ($1::text[]) ORDER BY o.id FOR NO KEY UPDATE OF o`;

const ORDERS = `jsonb_to_recordset($1::jsonb) AS g (id uuid, order_number text, email text, customer_number text, status text, subtotal numeric,
    discount numeric, tax numeric, shipping numeric, goods numeric, prices_include_tax boolean, currency text, shipping_address jsonb, placed_at timestamptz)`;

/* Orders of the past were paid, shipped and completed when they were placed, as far as anybody knows. */
export const INSERT_ORDERS = `
  INSERT INTO orders (id, order_number, email, customer_number, status, payment_method, subtotal, discount, tax, shipping, prices_include_tax, total,
    currency, shipping_address, placed_at, paid_at, shipped_at, completed_at, cancelled_at, imported_at)
  SELECT id, order_number, email, customer_number, status, 'external', subtotal, discount, tax, shipping, prices_include_tax, goods + shipping,
    currency, NULLIF(shipping_address, 'null'), placed_at,
    CASE WHEN status <> 'cancelled' THEN placed_at END, CASE WHEN status IN ('shipped', 'completed') THEN placed_at END,
    CASE status WHEN 'completed' THEN placed_at END, CASE status WHEN 'cancelled' THEN placed_at END, date_trunc('milliseconds', statement_timestamp())
  FROM ${ORDERS}`;

export const RAISE_ORDERS = `
  UPDATE orders o SET subtotal = o.subtotal + g.subtotal, discount = o.discount + g.discount, tax = o.tax + g.tax, total = o.total + g.goods
  FROM ${ORDERS} WHERE o.id = g.id`;

export const INSERT_LINES = `
  INSERT INTO order_items (id, order_id, product_id, product_name, sku, quantity, unit_price, subtotal, discount, tax, tax_rate)
  SELECT * FROM jsonb_to_recordset($1::jsonb) AS g (id uuid, order_id uuid, product_id uuid, product_name text, sku text, quantity int,
    unit_price numeric, subtotal numeric, discount numeric, tax numeric, tax_rate numeric)`;
