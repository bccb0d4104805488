import { announcing, type Locking, type UnitAnswer } from '../../../database/batching/batch-unit';
import type { Bind } from '../../../database/sql/binder';
import type { Statement } from '../../../database/sql/statement';
import { projection } from '../../../resource/read/projection';
import { orders } from '../order.resource';
import type { NewLine, OrderUnit } from './new-order';

/** A product the order asks for, as it is under the lock. */
export interface LockedProduct {
  readonly id: string;
  readonly name: string;
  readonly stock_quantity: number;
  readonly quantity: number;
  readonly is_available: boolean;
}

/** What the statement answers of each order: the new one, or (`body` null) what it found instead. */
export interface Outcome extends UnitAnswer {
  readonly body: string | null;
  readonly version: number | null;
  readonly total: string | null;
  readonly currencies: readonly string[] | null;
  readonly found: readonly LockedProduct[] | null;
  readonly buyer: { readonly currency: string; readonly is_welcome: boolean } | null;
}

/** The most that an amount of money can be: numeric(12,2). */
export const MAX_TOTAL = '9999999999.99';

/** A column of what is given to the statement. */
interface Column<Row> {
  readonly name: string;
  readonly type: string;
  readonly of: (row: Row) => unknown;
}

const UNITS: readonly Column<OrderUnit>[] = [
  { name: 'id', type: 'uuid', of: ({ id }) => id },
  { name: 'number', type: 'text', of: ({ number }) => number },
  { name: 'placed_at', type: 'timestamptz', of: ({ placedAt }) => placedAt },
  { name: 'buyer', type: 'uuid', of: ({ userId }) => userId },
  { name: 'actor', type: 'uuid', of: ({ settings }) => settings['app.actor_id'] || null },
  { name: 'payment', type: 'text', of: ({ wanted }) => wanted.paymentMethod },
  { name: 'expected', type: 'numeric', of: ({ wanted }) => wanted.expectedTotal ?? null },
  { name: 'address', type: 'jsonb', of: ({ wanted }) => (wanted.shippingAddress ? JSON.stringify(wanted.shippingAddress) : null) },
  { name: 'note', type: 'text', of: ({ wanted }) => wanted.note ?? null },
  { name: 'products', type: 'int', of: ({ lines }) => lines.length },
];
const LINES: readonly Column<NewLine & { readonly orderId: string }>[] = [
  { name: 'order_id', type: 'uuid', of: ({ orderId }) => orderId },
  { name: 'line_id', type: 'uuid', of: ({ id }) => id },
  { name: 'product_id', type: 'uuid', of: ({ productId }) => productId },
  { name: 'quantity', type: 'int', of: ({ quantity }) => quantity },
];

/* A list a column. As sub-selects, for PostgreSQL plans anew for lists whose length it sees. */
function given<Row>(columns: readonly Column<Row>[], first: number, alias: string): string {
  const lists = columns.map(({ type }, at) => `(SELECT $${first + at}::${type}[])`);
  return `unnest(${lists.join(', ')}) AS ${alias} (${columns.map(({ name }) => name).join(', ')})`;
}

/*
 * One statement for one order or many that have no product and no paying buyer in common: products are locked in id order (two orders
 * of the same products cannot wait for each other), then the buyers who pay from their balance, then the bills are made, and for each
 * that is good balance, stock, order and lines are written. `locked` and `buyers` see the latest rows, whoever changed them while the
 * locks were awaited. The last two steps bear their tables' names, so that the resource's own projection reads the new rows. Where
 * nobody pays from a balance the debit is left out: a step that writes no row costs its triggers all the same.
 */
const place = (debits: boolean, skips: boolean) => `
  WITH ${announcing(1)},
  units AS MATERIALIZED (SELECT u.* FROM announced, ${given(UNITS, 2, 'u')}),
  locked AS MATERIALIZED (
    SELECT d.order_id, d.line_id, p.id, p.name, p.sku, p.price, p.currency, p.stock_quantity, d.quantity,
      p.status = 'active' AND p.deleted_at IS NULL AS is_available
    FROM products p JOIN ${given(LINES, 2 + UNITS.length, 'd')} ON d.product_id = p.id
    ORDER BY p.id FOR NO KEY UPDATE OF p${skips ? ' SKIP LOCKED' : ''}
  ),
  buyers AS MATERIALIZED (
    SELECT b.id, b.currency, b.balance, b.is_active AND b.deleted_at IS NULL AS is_welcome FROM users b WHERE b.id IN (SELECT buyer FROM units)
    ${debits ? `AND (SELECT count(*) FROM locked) >= 0 ORDER BY b.id FOR NO KEY UPDATE${skips ? ' SKIP LOCKED' : ''}` : ''}
  ),
  sums AS (
    SELECT order_id, sum(price * quantity) AS total, array_agg(DISTINCT currency) AS currencies, count(*) AS products,
      bool_and(is_available AND stock_quantity >= quantity) AS is_there
    FROM locked GROUP BY order_id
  ),
  bills AS MATERIALIZED (
    SELECT u.*, s.total, s.currencies, s.currencies[1] AS currency, b.id AS found_buyer, s.products IS NOT DISTINCT FROM u.products AS is_found,
      s.products = u.products AND s.is_there AND b.is_welcome AND cardinality(s.currencies) = 1
        AND s.total <= ${MAX_TOTAL} AND s.total = coalesce(u.expected, s.total)
        AND (u.payment <> 'balance' OR s.total = 0 OR b.currency = s.currencies[1] AND b.balance >= s.total) AS is_good
    FROM units u LEFT JOIN sums s ON s.order_id = u.id LEFT JOIN buyers b ON b.id = u.buyer
  ),
  agreed AS MATERIALIZED (SELECT * FROM bills WHERE is_good),
  ${debits ? `debited AS (UPDATE users u SET balance = u.balance - a.total FROM agreed a WHERE u.id = a.buyer AND a.payment = 'balance' AND a.total > 0),` : ''}
  taken AS (
    UPDATE products p SET stock_quantity = p.stock_quantity - l.quantity FROM locked l JOIN agreed a ON a.id = l.order_id WHERE p.id = l.id
  ),
  orders AS (
    INSERT INTO orders (id, order_number, user_id, status, payment_method, subtotal, total, currency, shipping_address, note, placed_at, paid_at, created_by)
    SELECT id, number, buyer, CASE payment WHEN 'balance' THEN 'paid' ELSE 'pending' END, payment, total, total, currency,
      address, note, placed_at, CASE payment WHEN 'balance' THEN placed_at END, actor
    FROM agreed RETURNING *
  ),
  order_items AS (
    INSERT INTO order_items (id, order_id, product_id, product_name, sku, quantity, unit_price, subtotal)
    SELECT l.line_id, l.order_id, l.id, l.name, l.sku, l.quantity, l.price, l.quantity * l.price
    FROM locked l JOIN agreed a ON a.id = l.order_id RETURNING *
  )
  SELECT b.id, ${skips ? `b.is_found ${debits ? 'AND b.found_buyer IS NOT NULL' : ''}` : 'true'} AS is_decided,
    CASE WHEN t.id IS NOT NULL THEN ${written()} END AS body, t.version, b.total::text AS total, b.currencies,
    CASE WHEN t.id IS NULL THEN (SELECT json_agg(l) FROM locked l WHERE l.order_id = b.id) END AS found,
    CASE WHEN t.id IS NULL THEN (SELECT row_to_json(w) FROM (SELECT currency, is_welcome FROM buyers WHERE id = b.buyer) w) END AS buyer
  FROM bills b LEFT JOIN orders t ON t.id = b.id`;

/* The lines of an order have no scope of their own, so it does not matter who asks. */
function written(): string {
  const bind: Bind = () => {
    throw new Error('The projection of a new order takes no values.');
  };
  return projection({ actor: { kind: 'system', name: 'orders' } }, orders, { fields: null, include: ['items'] }, 't', bind);
}

const compiled = new Map<string, string>();

function textOf(debits: boolean, skips: boolean): string {
  const variant = `${debits} ${skips}`;
  const text = compiled.get(variant) ?? place(debits, skips);
  compiled.set(variant, text);
  return text;
}

/** The statement that places orders and answers each with its items, or with what keeps it from being placed. */
export function placeOrders(units: readonly OrderUnit[], locking: Locking, announcement: string): Statement {
  const debits = units.some(({ wanted }) => wanted.paymentMethod === 'balance');
  const lines = units.flatMap((unit) => unit.lines.map((line) => ({ ...line, orderId: unit.id })));
  const values = [announcement, ...UNITS.map(({ of }) => units.map(of)), ...LINES.map(({ of }) => lines.map(of))];
  return { text: textOf(debits, locking === 'skip'), values };
}
