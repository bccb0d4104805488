import type { Invariant } from '../../audit/invariant';

const byHand = (what: string) => ({ byHand: `${what} GET /v1/audit-logs?recordId=<id> tells who wrote it, and what was there before.` });

/** The invariants of orders. */
export const orderInvariants: readonly Invariant[] = [
  {
    name: 'order-is-its-lines',
    sentence: 'The subtotal, the discount and the tax of an order are those of its lines, the tax with that of its shipping.',
    table: 'orders',
    breaches: `SELECT o.id, concat_ws(' ', i.subtotal, i.discount, i.tax + o.shipping_tax) AS expected, concat_ws(' ', o.subtotal, o.discount, o.tax) AS actual
      FROM orders o LEFT JOIN (SELECT order_id, sum(subtotal) AS subtotal, sum(discount) AS discount, sum(tax) AS tax FROM order_items GROUP BY order_id) i
        ON i.order_id = o.id
      WHERE (o.subtotal, o.discount, o.tax) IS DISTINCT FROM (coalesce(i.subtotal, 0), coalesce(i.discount, 0), coalesce(i.tax, 0) + o.shipping_tax)`,
    repair: byHand('Correct the line or the order that is wrong.'),
  },
  {
    name: 'total-is-its-parts',
    sentence: 'The total of an order is subtotal − discount + shipping, and the tax unless prices include it.',
    table: 'orders',
    breaches: `SELECT o.id, (o.subtotal - o.discount + o.shipping + CASE WHEN o.prices_include_tax THEN 0 ELSE o.tax END)::text AS expected, o.total::text AS actual
      FROM orders o WHERE o.total <> o.subtotal - o.discount + o.shipping + CASE WHEN o.prices_include_tax THEN 0 ELSE o.tax END`,
    repair: byHand('Correct the order.'),
  },
  {
    name: 'refunds-fit-the-total',
    sentence: 'The refunds of an order are at most its total, and equal to it where the order is refunded.',
    table: 'orders',
    breaches: `SELECT o.id, o.total::text AS expected, r.sum::text AS actual
      FROM orders o JOIN (SELECT order_id, sum(amount) AS sum FROM refunds GROUP BY order_id) r ON r.order_id = o.id
      WHERE r.sum > o.total OR (o.status = 'refunded') <> (r.sum = o.total AND o.total > 0) AND o.status <> 'cancelled'`,
    repair: byHand('Correct the refund that is wrong.'),
  },
  {
    name: 'shipped-is-at-most-sold',
    sentence: 'No line is shipped more often than it was sold.',
    table: 'order_items',
    breaches: `SELECT i.id, i.quantity::text AS expected, s.sum::text AS actual
      FROM (SELECT order_item_id, sum(quantity) AS sum FROM shipment_items GROUP BY order_item_id) s JOIN order_items i ON i.id = s.order_item_id
      WHERE s.sum > i.quantity`,
    repair: byHand('Correct the shipment that is wrong.'),
  },
];
