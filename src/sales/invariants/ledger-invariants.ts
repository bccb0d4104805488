import type { Invariant } from '../../audit/invariant';

const COUNTED = 'counted again' as const;

/** The invariants of the ledgers and of the counters that other rows make. */
export const ledgerInvariants: readonly Invariant[] = [
  {
    name: 'stock-is-its-ledger',
    sentence: 'The stock of a product is the sum of its movements.',
    table: 'products',
    breaches: `SELECT p.id, coalesce(m.sum, 0)::text AS expected, p.stock_quantity::text AS actual
      FROM products p LEFT JOIN (SELECT product_id, sum(delta) AS sum FROM stock_movements GROUP BY product_id) m ON m.product_id = p.id
      WHERE p.stock_quantity <> coalesce(m.sum, 0)`,
    repair: COUNTED,
  },
  {
    name: 'balance-is-its-ledger',
    sentence: 'The balance of a user is the sum of its entries.',
    table: 'users',
    breaches: `SELECT u.id, coalesce(e.sum, 0)::text AS expected, u.balance::text AS actual
      FROM users u LEFT JOIN (SELECT user_id, sum(amount) AS sum FROM balance_entries GROUP BY user_id) e ON e.user_id = u.id
      WHERE u.balance <> coalesce(e.sum, 0)`,
    repair: COUNTED,
  },
  {
    name: 'held-stock-is-in-carts',
    sentence: 'What holds took out of stock and did not give back is what held carts have.',
    table: 'products',
    breaches: `SELECT p.id, h.held::text AS expected, m.held::text AS actual
      FROM (SELECT product_id AS id, -sum(delta) AS held FROM stock_movements WHERE reason IN ('hold', 'release') GROUP BY product_id) m
      FULL JOIN (SELECT i.product_id AS id, sum(i.quantity) AS held FROM cart_items i JOIN carts c ON c.id = i.cart_id
        WHERE c.held_until IS NOT NULL GROUP BY i.product_id) h USING (id) JOIN products p USING (id)
      WHERE coalesce(m.held, 0) <> coalesce(h.held, 0)`,
    repair: { byHand: 'Compare the movements of the product with its carts, and correct the stock by PUT /v1/products/{id}/stock.' },
  },
  {
    name: 'code-uses-are-orders',
    sentence: 'A discount code was used as often as orders that are not cancelled have it.',
    table: 'discount_codes',
    breaches: `SELECT c.id, coalesce(o.uses, 0)::text AS expected, c.used_count::text AS actual
      FROM discount_codes c LEFT JOIN (SELECT discount_code_id, count(*) AS uses FROM orders WHERE status <> 'cancelled' AND discount_code_id IS NOT NULL GROUP BY 1) o
        ON o.discount_code_id = c.id
      WHERE c.used_count <> coalesce(o.uses, 0)`,
    repair: COUNTED,
  },
];
