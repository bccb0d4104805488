import { currentPrice } from '../../../../catalogue';
import { announcing, type BatchResult, type Locking } from '../../../../database/batching/batch-unit';
import type { Bind } from '../../../../database/sql/binder';
import type { Statement } from '../../../../database/sql/statement';
import type { ClaimRow } from '../../../../idempotency/stored-reply';
import { versionExpression } from '../../../../resource/read/etag-expression';
import { projection } from '../../../../resource/read/projection';
import { MAX_MONEY } from '../../../../schema/money';
import type { PriceFaults } from '../../../pricing/price-faults';
import { codesOf, type Parts, pricingOf } from '../../../pricing/pricing.statement';
import { orders } from '../../order.resource';
import type { NewOrder } from '../new-order';
import { LINE_COLUMNS, ORDER_COLUMNS, unnested, valuesOf } from './order-columns';
import { claiming, recording } from './order-keys.statement';

/** A product of the order, as it is under the lock. */
export interface LockedProduct {
  readonly id: string;
  readonly name: string;
  readonly currency: string;
  readonly stock_quantity: number;
  readonly quantity: number;
  readonly is_available: boolean;
}

/** What the statement returns for each order: the new one, or (`body` null) what it found instead. */
export interface Outcome extends BatchResult, PriceFaults {
  readonly body: string | null;
  readonly tag: string | null;
  readonly total: string | null;
  /** The larger of the sum of its lines and its total. */
  readonly largest: string | null;
  readonly currencies: readonly string[] | null;
  readonly found: readonly LockedProduct[] | null;
  readonly unpaid: { readonly unpaid_orders: number; readonly unpaid_units: number } | null;
  readonly buyer: { readonly currency: string; readonly can_buy: boolean } | null;
  /** The order's cart, as it is under the lock; null where the order has none, or it was purged. */
  readonly cart: { readonly status: string; readonly version: number; readonly order_id: string | null } | null;
  /** What became of its key; null where it has none. */
  readonly claim: ClaimRow['state'] | null;
  /** The reply that is recorded under the key. */
  readonly reply_status: number;
  readonly reply_headers: ClaimRow['headers'];
  readonly reply_body: Buffer | null;
}

/** Returns the statement that places orders and returns each with its items, or with what keeps it from being placed. */
export function placeOrders(newOrders: readonly NewOrder[], locking: Locking, announcement: string): Statement {
  const debits = newOrders.some(({ request }) => request.paymentMethod === 'balance');
  const limits = newOrders.some(({ unpaidLimits }) => unpaidLimits !== null);
  const keyed = newOrders.some(({ key }) => key !== null);
  const carts = newOrders.some(({ cart }) => cart !== null);
  const parts = partsOf(newOrders);
  const [first] = newOrders;
  if (!first) throw new Error('A statement was made of no order.');
  const lines = newOrders.flatMap((order) =>
    order.lines.map((line) => ({ ...line, orderId: order.id, isHeld: order.cart?.isHeld ?? false })),
  );
  const values = [announcement, ...valuesOf(ORDER_COLUMNS, newOrders), ...valuesOf(LINE_COLUMNS, lines)];
  return { text: textOf({ debits, limits, keyed, carts, skips: locking === 'skip', ...parts }, first), values };
}

const texts = new Map<string, string>();

/* Which parts the statement has: some buyer pays from the balance, some order is limited, some has a key, some was a cart, locked rows are skipped. */
interface Variant extends Parts {
  readonly debits: boolean;
  readonly limits: boolean;
  readonly keyed: boolean;
  readonly carts: boolean;
  readonly skips: boolean;
}

/* What the shop's settings say is the same for all orders. */
type Rules = Pick<NewOrder, 'taxRules' | 'expiresMinutes'>;

function textOf(variant: Variant, { taxRules, expiresMinutes }: Rules): string {
  const key = JSON.stringify({ ...variant, ...taxRules, expiresMinutes });
  const text = texts.get(key) ?? textFor(variant, { taxRules, expiresMinutes });
  texts.set(key, text);
  return text;
}

/*
 * One statement for one order, or for many without a common product or paying buyer (docs/adr/0005, 0009). Its CTEs, in order:
 *
 * announced    tells the triggers whose rows are whose; everything that writes depends on it.
 * given        the orders, from arrays of parameters, placed at the database's time: that of the statement, by which prices begin and end, too.
 * new_orders   those that are to be placed: all, but for those whose idempotency key is not claimed (order-keys.statement.ts).
 * unpaid       locks the unpaid orders of the limited buyers, by the lock of a name, and counts them: the function sees what was committed
 *              while it waited. Before the products, because the lock of a name precedes rows. Left out where no order is limited.
 * carted       locks the carts that become orders, before every other row. Left out where no order was a cart.
 * codes        locks the discount codes, so that their limits are exact. Left out where no order has one.
 * locked       locks the products in id order, so that two orders of the same products cannot deadlock, and reads the latest rows.
 * buyers       locks the buyers who pay from their balance; in a group, where one waits for nobody's row, also the others as the foreign
 *              key will. After the products, because tables are locked in alphabetical order.
 * discounted, priced, amounts and more   the price of each line and order (pricing.statement.ts).
 * bills        each order with its amounts and its buyer, and whether everything fits.
 * agreed       the orders that are placed.
 * debited      takes the money. Left out where nobody pays from a balance: a CTE that writes no row still runs its triggers.
 * taken        takes the stock; a cart that is held has it already.
 * ordered      makes the carts orders; their trigger turns what they hold into a sale.
 * orders, order_items   write the order and its lines; named like the tables, so that the resource's projection reads the new rows.
 */
const textFor = ({ debits, limits, keyed, carts, skips, ...parts }: Variant, { taxRules, expiresMinutes }: Rules) => `
  WITH ${announcing(1)},
  ${keyed ? 'given' : 'new_orders'} AS MATERIALIZED (SELECT n.*, date_trunc('milliseconds', statement_timestamp()) AS placed_at FROM announced, ${unnested(ORDER_COLUMNS, 2, 'n')}),${keyed ? claiming : ''}
  ${limits ? `unpaid AS MATERIALIZED (SELECT n.id AS order_id, u.* FROM new_orders n, unpaid_of(n.buyer, ${skips}) u WHERE n.is_limited),` : ''}
  ${carts ? cartedOf(limits, skips) : ''}
  ${codesOf(
    parts,
    ` FOR NO KEY UPDATE${skips ? ' SKIP LOCKED' : ''}`,
    after({ limits, carts })
      .map((condition) => ` AND ${condition}`)
      .join(''),
  )}
  locked AS MATERIALIZED (
    SELECT d.order_id, d.line_id, p.id, p.name, p.sku, ${currentPrice('p')} AS price, p.currency, ${carts ? 'p.stock_quantity + CASE WHEN d.is_held THEN d.quantity ELSE 0 END AS stock_quantity, d.is_held' : 'p.stock_quantity'}, d.quantity, p.option_values,
      p.tax_class, p.weight_grams, p.category_id, p.status = 'active' AND p.deleted_at IS NULL AS is_available
    FROM products p JOIN ${unnested(LINE_COLUMNS, 2 + ORDER_COLUMNS.length, 'd')} ON d.product_id = p.id
    ${lockedOrders({ limits, keyed, carts, skips, codes: parts.codes })}
    ORDER BY p.id FOR NO KEY UPDATE OF p${skips ? ' SKIP LOCKED' : ''}
  ),
  buyers AS MATERIALIZED (
    SELECT b.id, b.currency, b.balance, b.is_active AND b.deleted_at IS NULL AS can_buy FROM users b WHERE b.id IN (SELECT buyer FROM new_orders)
    ${buyerLock(debits, skips)}
  ),
  ${pricingOf(parts, taxRules)},
  bills AS MATERIALIZED (
    SELECT n.*, s.subtotal, s.discount, s.shipping, s.shipping_tax, s.all_tax, s.prices_include_tax, s.total, s.currencies, s.currencies[1] AS currency,
      s.code_id, s.discount_code, s.code_fault, s.code_minimum, s.shipping_method, s.shipping_fault,
      b.id AS found_buyer, s.products IS NOT DISTINCT FROM n.products AS is_found,
      s.products = n.products AND s.is_in_stock AND (n.buyer IS NULL OR b.can_buy) AND cardinality(s.currencies) = 1 AND s.code_fault IS NULL AND s.shipping_fault IS NULL
        ${limits ? 'AND coalesce(v.unpaid_orders < n.max_orders, true) AND coalesce(v.unpaid_units + n.units <= n.max_units, true)' : ''}
        ${carts ? "AND (n.cart_id IS NULL OR k.status = 'open' AND k.version = n.cart_version)" : ''}
        AND greatest(s.subtotal, s.total) <= ${MAX_MONEY} AND s.total = coalesce(n.expected, s.total)
        AND (n.payment <> 'balance' OR s.total = 0 OR b.currency = s.currencies[1] AND b.balance >= s.total) AS fits
    FROM new_orders n LEFT JOIN amounts s ON s.order_id = n.id LEFT JOIN buyers b ON b.id = n.buyer
      ${limits ? 'LEFT JOIN unpaid v ON v.order_id = n.id' : ''} ${carts ? 'LEFT JOIN carted k ON k.id = n.cart_id' : ''}
  ),
  agreed AS MATERIALIZED (SELECT * FROM bills WHERE fits),
  ${debits ? `debited AS (UPDATE users u SET balance = u.balance - a.total FROM agreed a WHERE u.id = a.buyer AND a.payment = 'balance' AND a.total > 0),` : ''}
  taken AS (
    UPDATE products p SET stock_quantity = p.stock_quantity - l.quantity FROM locked l JOIN agreed a ON a.id = l.order_id WHERE p.id = l.id${carts ? ' AND NOT l.is_held' : ''}
  ),
  orders AS (
    INSERT INTO orders (id, order_number, user_id, email, status, payment_method, subtotal, discount, shipping, shipping_tax, tax, prices_include_tax, total,
      currency, shipping_method, discount_code, discount_code_id, shipping_address, billing_address, note, placed_at, paid_at, expires_at, created_by)
    SELECT id, 'SK-' || to_char(placed_at AT TIME ZONE 'UTC', 'YYMMDD') || '-' || number_code, buyer, email, CASE payment WHEN 'balance' THEN 'paid' ELSE 'pending' END, payment,
      subtotal, discount, shipping, shipping_tax, all_tax, prices_include_tax, total, currency, shipping_method, discount_code, code_id, address, billing, note, placed_at, CASE payment WHEN 'balance' THEN placed_at END, ${expiry(expiresMinutes)}, actor
    FROM agreed RETURNING *
  ),
  order_items AS (
    INSERT INTO order_items (id, order_id, product_id, product_name, sku, option_values, quantity, unit_price, subtotal, discount, tax, tax_rate)
    SELECT l.line_id, l.order_id, l.id, l.name, l.sku, l.option_values, l.quantity, l.price, l.amount, l.line_discount, l.tax, l.tax_rate
    FROM priced l JOIN agreed a ON a.id = l.order_id RETURNING *
  )${carts ? ORDERED : ''}${keyed ? recording(orderJson(), versionExpression(orders, 't')) : ''}
  SELECT ${keyed ? 'g' : 'b'}.id, ${isDecided({ keyed, carts, skips, codes: parts.codes })} AS is_decided,
    ${shown(keyed)}, b.total::text AS total, greatest(b.subtotal, b.total)::text AS largest, b.currencies, b.code_fault, b.code_minimum::text, b.shipping_fault,
    CASE WHEN t.id IS NULL THEN (SELECT json_agg(l) FROM locked l WHERE l.order_id = b.id) END AS found,
    CASE WHEN t.id IS NULL THEN (SELECT row_to_json(w) FROM (SELECT currency, can_buy FROM buyers WHERE id = b.buyer) w) END AS buyer,
    ${carts ? 'CASE WHEN t.id IS NULL THEN (SELECT row_to_json(k) FROM carted k WHERE k.id = b.cart_id) END' : 'NULL::json'} AS cart,
    ${limits ? 'CASE WHEN t.id IS NULL THEN (SELECT row_to_json(v) FROM unpaid v WHERE v.order_id = b.id) END' : 'NULL::json'} AS unpaid,
    ${keyed ? 'c.state AS claim, c.status AS reply_status, c.headers AS reply_headers, c.body AS reply_body' : 'NULL AS claim'}
  FROM ${keyed ? 'given g LEFT JOIN claims c ON c.id = g.id LEFT JOIN bills b ON b.id = g.id' : 'bills b'}
    LEFT JOIN ${keyed ? 'replies' : 'orders'} t ON t.id = b.id`;

/* An order that is not paid at once holds its stock for so long. */
function expiry(minutes: number | null): string {
  return minutes === null ? 'NULL::timestamptz' : `CASE payment WHEN 'external' THEN placed_at + interval '${minutes} minutes' END`;
}

/* The lock of a name precedes rows. */
function cartedOf(limits: boolean, skips: boolean): string {
  return `carted AS MATERIALIZED (
    SELECT c.id, c.status, c.version, c.order_id FROM carts c
    WHERE c.id IN (SELECT n.cart_id FROM new_orders n) AND c.deleted_at IS NULL${limits ? ' AND (SELECT count(*) FROM unpaid) >= 0' : ''}
    ORDER BY c.id FOR NO KEY UPDATE${skips ? ' SKIP LOCKED' : ''}
  ),`;
}

const ORDERED = `,
  ordered AS (UPDATE carts c SET status = 'ordered', order_id = a.id FROM agreed a WHERE c.id = a.cart_id)`;

/* The counts make a CTE run after those that they count. */
function after({ limits, carts }: Pick<Variant, 'limits' | 'carts'>): string[] {
  return [...(limits ? ['(SELECT count(*) FROM unpaid) >= 0'] : []), ...(carts ? ['(SELECT count(*) FROM carted) >= 0'] : [])];
}

function lockedOrders({ limits, keyed, carts, skips, codes }: Omit<Variant, 'debits' | 'ships' | 'taxes'>): string {
  const conditions = [
    ...(codes ? ['(SELECT count(*) FROM codes) >= 0'] : []),
    ...(keyed ? ['d.order_id IN (SELECT id FROM new_orders)'] : []),
    ...after({ limits, carts }),
    ...(limits && skips ? ['d.order_id NOT IN (SELECT order_id FROM unpaid WHERE NOT is_locked)'] : []),
  ];
  return conditions.length === 0 ? '' : `WHERE ${conditions.join(' AND ')}`;
}

/* An order whose key another one has is decided by its record. One whose code or cart is locked elsewhere is not. */
function isDecided({ keyed, carts, skips, codes }: Pick<Variant, 'keyed' | 'carts' | 'skips' | 'codes'>): string {
  if (!skips) return 'true';
  const hasCode =
    'b.code IS NULL OR b.code_id IS NOT NULL OR NOT EXISTS (SELECT FROM discount_codes c WHERE lower(c.code) = lower(b.code) AND c.deleted_at IS NULL)';
  const hasCart =
    'b.cart_id IS NULL OR EXISTS (SELECT FROM carted k WHERE k.id = b.cart_id) OR NOT EXISTS (SELECT FROM carts c WHERE c.id = b.cart_id AND c.deleted_at IS NULL)';
  return `${keyed ? "coalesce(c.state <> 'claimed', false) OR " : ''}coalesce(b.is_found AND (b.buyer IS NULL OR b.found_buyer IS NOT NULL)${carts ? ` AND (${hasCart})` : ''}${codes ? ` AND (${hasCode})` : ''}, false)`;
}

/* An order has a country where its address or the shop's settings name one. */
function partsOf(newOrders: readonly NewOrder[]): Parts {
  return {
    ships: newOrders.some(({ request }) => request.shippingMethod !== undefined),
    codes: newOrders.some(({ request }) => request.discountCode !== undefined),
    taxes: newOrders.some(({ place }) => place.country !== null),
  };
}

/* Rendered once, where it is recorded, too. */
function shown(keyed: boolean): string {
  if (keyed) return 't.body, t.tag';
  return `CASE WHEN t.id IS NOT NULL THEN ${orderJson()} END AS body, ${versionExpression(orders, 't')} AS tag`;
}

/* The count makes the CTE run after `locked`. */
function buyerLock(debits: boolean, skips: boolean): string {
  if (!debits && !skips) return '';
  const lock = debits ? 'NO KEY UPDATE' : 'KEY SHARE';
  return `AND (SELECT count(*) FROM locked) >= 0 ORDER BY b.id FOR ${lock}${skips ? ' SKIP LOCKED' : ''}`;
}

/* The lines of an order have no scope of their own and show no setting, so the context does not matter. */
function orderJson(): string {
  const bind: Bind = () => {
    throw new Error('The projection of a new order takes no parameters.');
  };
  return projection({ actor: { kind: 'system', name: 'orders' }, env: {} }, orders, { fields: null, include: ['items'] }, 't', bind);
}
