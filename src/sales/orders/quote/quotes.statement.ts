import { currentPrice } from '../../../catalogue';
import type { Statement } from '../../../database/sql/statement';
import type { Destination } from '../../pricing/destination';
import type { PriceFaults } from '../../pricing/price-faults';
import { codesOf, type Parts, pricingOf, type TaxRules } from '../../pricing/pricing.statement';
import { type ParameterColumn, unnested, valuesOf } from '../placing/statement/order-columns';
import type { LockedProduct } from '../placing/statement/place-orders.statement';

/** An order to price. */
export interface QuotedOrder {
  readonly id: string;
  /** Whose uses of a discount code count; null for a guest. */
  readonly buyer: string | null;
  readonly place: Destination;
  readonly method: string | null;
  readonly code: string | null;
  readonly lines: readonly QuotedLine[];
}

interface QuotedLine {
  readonly id: string;
  readonly productId: string;
  readonly quantity: number;
}

/** What the statement returns for each order. */
export interface QuoteRow extends PriceFaults {
  readonly id: string;
  readonly found: readonly LockedProduct[] | null;
  /** The quote as JSON text; of an order that cannot be placed, what it would be. */
  readonly body: string;
  readonly total: string | null;
}

const ORDERS: readonly ParameterColumn<QuotedOrder>[] = [
  { name: 'id', type: 'uuid', of: ({ id }) => id },
  { name: 'buyer', type: 'uuid', of: ({ buyer }) => buyer },
  { name: 'email', type: 'text', of: () => null },
  { name: 'country', type: 'text', of: ({ place }) => place.country },
  { name: 'region', type: 'text', of: ({ place }) => place.region },
  { name: 'method', type: 'text', of: ({ method }) => method },
  { name: 'code', type: 'text', of: ({ code }) => code },
];

const LINES: readonly ParameterColumn<QuotedLine & { readonly orderId: string }>[] = [
  { name: 'order_id', type: 'uuid', of: ({ orderId }) => orderId },
  { name: 'line_id', type: 'uuid', of: ({ id }) => id },
  { name: 'product_id', type: 'uuid', of: ({ productId }) => productId },
  { name: 'quantity', type: 'int', of: ({ quantity }) => quantity },
];

/** Returns the statement that prices orders as they would be placed now, without a lock and without a trace. */
export function quoteOrders(orders: readonly QuotedOrder[], rules: TaxRules): Statement {
  const lines = orders.flatMap((order) => order.lines.map((line) => ({ ...line, orderId: order.id })));
  return { text: textFor(partsOf(orders), rules), values: [...valuesOf(ORDERS, orders), ...valuesOf(LINES, lines)] };
}

function partsOf(orders: readonly QuotedOrder[]): Parts {
  return {
    ships: orders.some(({ method }) => method !== null),
    codes: orders.some(({ code }) => code !== null),
    taxes: orders.some(({ place }) => place.country !== null),
  };
}

/*
 * new_orders   the orders, at the database's time.
 * locked       their products, as the placing of an order would lock them.
 *
 * The rest is pricing.statement.ts.
 */
const textFor = (parts: Parts, rules: TaxRules) => `
  WITH new_orders AS MATERIALIZED (SELECT n.*, date_trunc('milliseconds', statement_timestamp()) AS placed_at FROM ${unnested(ORDERS, 1, 'n')}),
  ${codesOf(parts, '', '')}
  locked AS MATERIALIZED (
    SELECT d.order_id, d.line_id, p.id, p.name, p.sku, ${currentPrice('p')} AS price, p.currency, p.stock_quantity, d.quantity, p.option_values,
      p.tax_class, p.weight_grams, p.category_id, p.status = 'active' AND p.deleted_at IS NULL AS is_available
    FROM products p JOIN ${unnested(LINES, 1 + ORDERS.length, 'd')} ON d.product_id = p.id
  ),
  ${pricingOf(parts, rules)}
  SELECT n.id, s.total::text AS total, s.code_fault, s.code_minimum::text, s.shipping_fault,
    (SELECT json_agg(l) FROM locked l WHERE l.order_id = n.id) AS found,
    ${quoteObject(parts)}::text AS body
  FROM new_orders n LEFT JOIN amounts s ON s.order_id = n.id`;

/** Returns the SQL of the JSON object of a quote, of the order `n` with the amounts `s`; `extra` are further members of it and of its lines. */
export function quoteObject(parts: Parts, extra: { readonly members: string; readonly line: string } = { members: '', line: '' }): string {
  return `json_build_object(
      'items', (
        SELECT json_agg(json_build_object(${extra.line}'productId', l.id, 'productName', l.name, 'sku', l.sku, 'optionValues', l.option_values,
          'quantity', l.quantity, 'unitPrice', l.price::text, 'subtotal', l.amount::text, 'discount', l.line_discount::text, 'tax', l.tax::text,
          'taxRate', trim_scale(l.tax_rate)) ORDER BY l.line_id)
        FROM priced l WHERE l.order_id = n.id),
      'subtotal', s.subtotal::text, 'discount', s.discount::text, 'shipping', s.shipping::text, 'shippingTax', s.shipping_tax::text,
      'tax', s.all_tax::text, 'pricesIncludeTax', s.prices_include_tax, 'total', s.total::text, 'currency', s.currencies[1],
      'shippingMethod', s.shipping_method, 'discountCode', s.discount_code,
      'taxes', ${taxesOf(parts)}${extra.members})`;
}

/* The tax of each rate, and what it is of. */
function taxesOf({ taxes, ships }: Parts): string {
  if (!taxes) return `'[]'::json`;
  const shipping = ships
    ? 'UNION ALL SELECT t.rate, s.shipping, s.shipping_tax FROM taxed t WHERE t.order_id = n.id AND t.line_id IS NULL'
    : '';
  return `(
        SELECT coalesce(json_agg(json_build_object('rate', trim_scale(r.rate), 'base', r.base::text, 'tax', r.tax::text) ORDER BY r.rate), '[]')
        FROM (
          SELECT x.rate, sum(x.base) AS base, sum(x.tax) AS tax FROM (
            SELECT l.tax_rate AS rate, l.amount - l.line_discount AS base, l.tax FROM priced l WHERE l.order_id = n.id AND l.tax_rate IS NOT NULL
            ${shipping}
          ) x GROUP BY x.rate
        ) r)`;
}
