/** A line whose pieces a credit note may refund. */
export interface Candidate {
  readonly n: number;
  readonly order_id: string;
  readonly item_id: string;
  readonly quantity: number;
  readonly refunded: number;
  readonly unit_price: string;
  /** What of the order's total is not refunded yet. */
  readonly money_left: string;
}

export const FIND_CREDITS = `
  SELECT f.reference, sum(i.quantity)::int AS pieces FROM refunds f JOIN refund_items i ON i.refund_id = f.id
  WHERE f.reference = ANY ($1::text[]) GROUP BY f.reference`;

/* A line with a discount or a tax costs another amount than its price, so a credit note at that price is not for it. Latest orders first. */
export const FIND_CANDIDATES = `
  SELECT g.n, o.id AS order_id, i.id AS item_id, i.quantity, r.refunded, i.unit_price::text,
    (o.total - (SELECT coalesce(sum(f.amount), 0) FROM refunds f WHERE f.order_id = o.id))::text AS money_left
  FROM jsonb_to_recordset($1::jsonb) AS g (n int, customer_number text, email text, product_id uuid, price numeric, currency text, pieces int, at timestamptz)
  JOIN orders o ON o.placed_at <= g.at AND o.currency = g.currency AND o.imported_at IS NOT NULL AND o.status IN ('paid', 'shipped', 'completed')
    AND (o.customer_number = g.customer_number OR g.customer_number IS NULL AND o.customer_number IS NULL AND lower(o.email) = lower(g.email))
  JOIN order_items i ON i.order_id = o.id AND i.product_id = g.product_id AND i.unit_price = g.price AND i.discount = 0
    AND (i.tax = 0 OR o.prices_include_tax),
  LATERAL (SELECT coalesce(sum(p.quantity), 0)::int AS refunded FROM refund_items p WHERE p.order_item_id = i.id) r
  WHERE ($2::uuid[] IS NULL OR o.id = ANY ($2::uuid[])) AND i.quantity - r.refunded >= g.pieces
  ORDER BY g.n, o.placed_at DESC, o.id DESC`;

export const LOCK_ORDERS = 'SELECT id FROM orders WHERE id = ANY ($1::uuid[]) ORDER BY id FOR NO KEY UPDATE';

/* A refund of the past is of its day, so that the books of a month do not change. */
export const INSERT_CREDITS = `
  WITH given AS MATERIALIZED (
    SELECT g.*, cost_of_pieces(g.item_id, g.before + g.pieces) - cost_of_pieces(g.item_id, g.before) AS amount
    FROM jsonb_to_recordset($1::jsonb) AS g (id uuid, item uuid, order_id uuid, item_id uuid, reference text, reason text, pieces int, before int, at timestamptz)
  ), written AS (
    INSERT INTO refunds (id, order_id, amount, reason, reference, created_at) SELECT id, order_id, amount, reason, reference, at FROM given
  )
  INSERT INTO refund_items (id, refund_id, order_item_id, quantity, amount) SELECT item, id, item_id, pieces, amount FROM given`;

export const CLOSE_ORDERS = `
  UPDATE orders o SET status = 'refunded'
  WHERE o.id = ANY ($1::uuid[]) AND o.status <> 'refunded' AND o.total > 0 AND o.total = (SELECT sum(f.amount) FROM refunds f WHERE f.order_id = o.id)`;
