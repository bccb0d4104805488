import type { Statement } from '../../../database/sql/statement';

/** An order that is due, with its products. */
export interface DueOrder {
  readonly id: string;
  readonly products: readonly string[];
}

/*
 * due      locks the pending orders whose time has come, but those that somebody holds, who may be paying; and but those of which a payment
 *          waits for a person. What is asked twice is asked again of a row that changed while its lock was taken.
 * codes    locks their discount codes, which get their uses back,
 * goods    and their products, both in id order, so that what cancels them needs no further lock.
 */
const DUE_ORDERS = `
  WITH due AS MATERIALIZED (
    SELECT o.id, o.discount_code_id FROM orders o
    WHERE o.id IN (
      SELECT d.id FROM orders d WHERE d.status = 'pending' AND d.expires_at <= clock_timestamp()
        AND NOT EXISTS (SELECT FROM payments p WHERE p.order_id = d.id AND p.status = 'held')
      ORDER BY d.expires_at LIMIT $1::int
    ) AND o.status = 'pending' AND o.expires_at <= clock_timestamp()
    ORDER BY o.id FOR NO KEY UPDATE OF o SKIP LOCKED
  ),
  codes AS MATERIALIZED (
    SELECT c.id FROM discount_codes c WHERE c.id IN (SELECT discount_code_id FROM due) ORDER BY c.id FOR NO KEY UPDATE
  ),
  goods AS MATERIALIZED (
    SELECT p.id FROM products p
    WHERE (SELECT count(*) FROM codes) >= 0 AND p.id IN (SELECT i.product_id FROM order_items i WHERE i.order_id IN (SELECT id FROM due))
    ORDER BY p.id FOR NO KEY UPDATE
  )
  SELECT d.id, ARRAY(SELECT i.product_id FROM order_items i WHERE i.order_id = d.id)::text[] AS products
  FROM due d WHERE (SELECT count(*) FROM goods) >= 0`;

/** Returns the statement that locks at most so many orders that are due, and what their cancellation changes. */
export function dueOrders(most: number): Statement {
  return { text: DUE_ORDERS, values: [most] };
}
