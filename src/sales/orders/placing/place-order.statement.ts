import { announcing } from '../../../database/one-statement';
import type { Ctx } from '../../../http/context';
import type { Bind } from '../../../resource/sql/binder';
import { projection } from '../../../resource/sql/projection';
import { orders } from '../order.resource';

/** A product the order asks for, as it is under the lock. */
export interface LockedProduct {
  readonly id: string;
  readonly name: string;
  readonly stock_quantity: number;
  readonly quantity: number;
  readonly is_available: boolean;
}

/** What the statement answers: the new order, or (`body` null) what it found instead. */
export interface Outcome {
  readonly body: string | null;
  readonly version: number | null;
  readonly total: string | null;
  readonly currencies: readonly string[] | null;
  readonly found: readonly LockedProduct[] | null;
  readonly buyer: { readonly currency: string; readonly is_welcome: boolean } | null;
}

/** The most that an amount of money can be: numeric(12,2). */
export const MAX_TOTAL = '9999999999.99';

/** How an order is paid: at once from the buyer's balance, or later, elsewhere. */
export type Payment = 'balance' | 'external';

/*
 * $1 products, $2 quantities, $3 line ids; $4 order id, $5 number, $6 buyer, $7 expected total or null, $8 address, $9 note, $10 moment;
 * $11 the settings of the unit of work, for the triggers of what is written: the bill, which all writes wait for, takes them along.
 *
 * One statement: products are locked in id order (two orders of the same products cannot wait for each other), then the bill is
 * made, then, where everything fits, the buyer's balance, the stock, the order and its lines are written; else nothing is. `locked`
 * sees the latest row, whoever changed it while the lock was awaited. The last two steps bear their tables' names, so that the
 * resource's own projection reads the new rows. An order that is paid elsewhere leaves out the debit: a step that writes no row
 * costs its triggers all the same.
 */
const place = (payment: Payment) => `
  WITH ${announcing(11)},
  demand AS (SELECT * FROM unnest($1::uuid[], $2::int[], $3::uuid[]) AS d (product_id, quantity, line_id)),
  locked AS MATERIALIZED (
    SELECT p.id, p.name, p.sku, p.price, p.currency, p.stock_quantity, d.quantity, d.line_id,
      p.status = 'active' AND p.deleted_at IS NULL AS is_available
    FROM products p JOIN demand d ON d.product_id = p.id ORDER BY p.id FOR NO KEY UPDATE OF p
  ),
  summed AS (
    SELECT sum(price * quantity) AS total, array_agg(DISTINCT currency) AS currencies,
      count(*) = cardinality($1::uuid[]) AND bool_and(is_available AND stock_quantity >= quantity) AS is_there
    FROM locked
  ),
  buyer AS (SELECT currency, is_active AND deleted_at IS NULL AS is_welcome FROM users WHERE id = $6::uuid),
  bill AS (
    SELECT summed.*, (SELECT is_welcome FROM buyer) AND is_there AND cardinality(currencies) = 1 AND total <= ${MAX_TOTAL} AND total = coalesce($7::numeric, total) AS is_good
    FROM summed, announced
  ),
  ${payment === 'balance' ? PAID_FROM_BALANCE : PAID_ELSEWHERE},
  taken AS (UPDATE products p SET stock_quantity = p.stock_quantity - l.quantity FROM locked l, agreed WHERE p.id = l.id),
  orders AS (
    INSERT INTO orders (id, order_number, user_id, status, payment_method, subtotal, total, currency, shipping_address, note, placed_at, paid_at)
    SELECT $4::uuid, $5::text, $6::uuid, ${payment === 'balance' ? `'paid'` : `'pending'`}, '${payment}', total, total, currency,
      $8::jsonb, $9::text, $10::timestamptz, ${payment === 'balance' ? '$10::timestamptz' : 'NULL'}
    FROM agreed RETURNING *
  ),
  order_items AS (
    INSERT INTO order_items (id, order_id, product_id, product_name, sku, quantity, unit_price, subtotal)
    SELECT l.line_id, $4::uuid, l.id, l.name, l.sku, l.quantity, l.price, l.quantity * l.price FROM locked l, agreed RETURNING *
  )`;

const PAID_ELSEWHERE = `agreed AS MATERIALIZED (SELECT total, currencies[1] AS currency FROM bill WHERE is_good)`;

const PAID_FROM_BALANCE = `debited AS (
    UPDATE users u SET balance = u.balance - b.total FROM bill b
    WHERE b.is_good AND b.total > 0 AND u.id = $6::uuid AND u.deleted_at IS NULL AND u.currency = b.currencies[1] AND u.balance >= b.total
    RETURNING u.id
  ),
  agreed AS MATERIALIZED (
    SELECT b.total, b.currencies[1] AS currency FROM bill b WHERE b.is_good AND (b.total = 0 OR EXISTS (SELECT FROM debited))
  )`;

const compiled: Partial<Record<Payment, string>> = {};

/** The text of the statement that places an order paid so, and answers it with its items; compiled at the first order. */
export function placeOrderStatement(ctx: Ctx, payment: Payment): string {
  compiled[payment] ??= `${place(payment)}
  SELECT CASE WHEN t.id IS NOT NULL THEN ${projection(ctx, orders, { fields: null, include: ['items'] }, 't', withoutValues)} END AS body,
    t.version, b.total::text AS total, b.currencies,
    CASE WHEN t.id IS NULL THEN (SELECT json_agg(l) FROM locked l) END AS found,
    CASE WHEN t.id IS NULL THEN (SELECT row_to_json(buyer) FROM buyer) END AS buyer
  FROM bill b LEFT JOIN orders t ON true`;
  return compiled[payment];
}

const withoutValues: Bind = () => {
  throw new Error('The projection of a new order takes no values.');
};
