import { isBelowAny } from '../../catalogue';
import { rounded, shareOf } from './largest-remainder';

/** What some order of the statement has: a shipping method, a discount code, a country whose tax it pays. */
export interface Parts {
  readonly ships: boolean;
  readonly codes: boolean;
  readonly taxes: boolean;
}

/** How orders are taxed. */
export interface TaxRules {
  readonly pricesIncludeTax: boolean;
  readonly taxRounding: 'line' | 'total';
}

/*
 * The CTEs that price orders, the same for a quote and for an order that is placed. They read `new_orders` (id, placed_at, buyer, email, code,
 * method, country, region) and `locked` (order_id, line_id, id, price, currency, quantity, tax_class, weight_grams, category_id), and leave:
 *
 * codes        the discount codes of the orders; locked before the products where an order is placed.
 * discounts    the discount of each order, in the smallest unit of its currency, or what keeps it from having one.
 * discounted   each line with its amount and its discount: its part of the order's by the largest remainder.
 * shippings    the shipping method of each order and its price, or what keeps it from being shipped so.
 * taxed        the tax of each line and of each shipping. Rounded per line, or per rate of the order and divided by the largest remainder.
 * priced       each line with its amount, discount, tax and rate.
 * amounts      the sums of each order.
 *
 * Amounts are exact: between `locked` and `priced` they are whole units, `per` of which make one of the currency.
 */

/** Returns the CTE `codes`, or nothing where no order has a code; `after` is a condition that makes it run after another CTE. */
export function codesOf({ codes }: Parts, lock: string, after: string): string {
  if (!codes) return '';
  return `codes AS MATERIALIZED (
    SELECT c.* FROM discount_codes c
    WHERE c.deleted_at IS NULL AND lower(c.code) IN (SELECT lower(n.code) FROM new_orders n WHERE n.code IS NOT NULL)${after}
    ORDER BY c.id${lock}
  ),`;
}

/** Returns the other CTEs. */
export function pricingOf(parts: Parts, rules: TaxRules): string {
  return [
    ...(parts.codes ? [discounts, discounted] : [undiscounted]),
    ...(parts.ships ? [shippings(parts)] : []),
    ...(parts.taxes ? [taxed(parts, rules)] : []),
    priced(parts),
    amounts(parts, rules),
  ].join(',\n  ');
}

const PER = (currency: string) => `(ARRAY[1, 10, 100, 1000, 10000])[currency_decimals(${currency}) + 1]::numeric`;

const undiscounted = `discounted AS NOT MATERIALIZED (
    SELECT l.*, l.price * l.quantity AS amount, 0::numeric AS discount FROM locked l
  )`;

/* Why a code does not hold comes before what it brings; its limit per customer is counted by a function that sees what came meanwhile. */
const discounts = `eligible AS MATERIALIZED (
    SELECT l.*, l.price * l.quantity AS amount, ${PER('l.currency')} AS per, c.id AS code_id, c.kind, c.value,
      c.id IS NOT NULL AND (
        c.product_ids = '[]' AND c.category_ids = '[]' OR c.product_ids ? l.id::text OR
        c.category_ids <> '[]' AND ${isBelowAny('l.category_id', 'ARRAY(SELECT jsonb_array_elements_text(c.category_ids)::uuid)')}
      ) AS is_eligible
    FROM locked l JOIN new_orders n ON n.id = l.order_id LEFT JOIN codes c ON lower(c.code) = lower(n.code)
  ),
  discounts AS MATERIALIZED (
    SELECT n.id AS order_id, c.id AS code_id, c.code, e.units,
      CASE WHEN n.code IS NULL THEN NULL
        WHEN c.id IS NULL OR NOT c.is_active THEN 'unknown'
        WHEN c.valid_from > n.placed_at THEN 'not_yet'
        WHEN c.valid_to <= n.placed_at THEN 'expired'
        WHEN c.used_count >= c.usage_limit THEN 'used_up'
        WHEN c.usage_limit_per_customer IS NOT NULL AND uses_of_code(c.id, n.buyer, n.email) >= c.usage_limit_per_customer THEN 'used_by_customer'
        WHEN c.currency <> e.currency THEN 'other_currency'
        WHEN e.units = 0 THEN 'not_applicable'
        WHEN e.units < c.minimum * e.per THEN 'below_minimum'
      END AS fault,
      c.minimum, c.kind = 'free_shipping' AS ships_free,
      CASE c.kind WHEN 'percent' THEN ${rounded('e.units * (c.value * 100)::bigint', '10000')} WHEN 'amount' THEN least(c.value * e.per, e.units)
        ELSE 0 END AS total
    FROM new_orders n LEFT JOIN codes c ON lower(c.code) = lower(n.code) LEFT JOIN (
      SELECT order_id, min(currency) AS currency, min(per) AS per, coalesce(sum(amount * per) FILTER (WHERE is_eligible), 0) AS units
      FROM eligible GROUP BY order_id
    ) e ON e.order_id = n.id
  )`;

const discounted = `discounted AS MATERIALIZED (
    SELECT e.*, CASE WHEN e.is_eligible AND d.units > 0 AND d.fault IS NULL THEN ${shareOf({
      group: 'e.order_id, e.is_eligible',
      numerator: 'd.total * e.amount * e.per',
      denominator: 'greatest(d.units, 1)',
      total: 'd.total',
      tie: 'e.line_id',
    })} ELSE 0 END / e.per AS discount
    FROM eligible e JOIN discounts d ON d.order_id = e.order_id
  )`;

/* A method's basis is what is paid for the goods, or their weight. */
const shippings = ({ codes }: Parts) => `shippings AS MATERIALIZED (
    SELECT n.id AS order_id, m.code, m.tax_class, s.currency,
      ${codes ? 'CASE WHEN d.ships_free AND d.fault IS NULL THEN 0 ELSE b.price END' : 'b.price'} AS price,
      CASE WHEN n.method IS NULL THEN NULL
        WHEN m.id IS NULL THEN 'unknown'
        WHEN m.countries <> '[]' AND n.country IS NULL THEN 'no_country'
        WHEN m.countries <> '[]' AND NOT m.countries ? n.country THEN 'other_country'
        WHEN m.currency <> s.currency THEN 'other_currency'
        WHEN b.price IS NULL THEN 'beyond_bands'
      END AS fault
    FROM new_orders n
    LEFT JOIN shipping_methods m ON m.code = n.method AND m.is_active AND m.deleted_at IS NULL
    LEFT JOIN (
      SELECT order_id, min(currency) AS currency, sum(amount - discount) AS paid, sum(quantity * coalesce(weight_grams, 0)) AS grams
      FROM discounted GROUP BY order_id
    ) s ON s.order_id = n.id
    LEFT JOIN LATERAL (
      SELECT (b.band ->> 'price')::numeric AS price FROM jsonb_array_elements(m.bands) WITH ORDINALITY AS b (band, position)
      WHERE b.band ->> 'upTo' IS NULL OR (b.band ->> 'upTo')::numeric >= CASE m.basis WHEN 'weight' THEN s.grams ELSE s.paid END
      ORDER BY b.position LIMIT 1
    ) b ON true
    ${codes ? 'LEFT JOIN discounts d ON d.order_id = n.id' : ''}
  )`;

/* A rate has four decimals, so 1,000,000 of its units are the whole. */
function taxed({ ships }: Parts, { pricesIncludeTax, taxRounding }: TaxRules): string {
  const whole = pricesIncludeTax ? '(1000000 + r.rate)' : '1000000::numeric';
  const share =
    taxRounding === 'line'
      ? rounded('x.numerator', 'x.whole')
      : shareOf({
          group: 'x.order_id, x.rate',
          numerator: 'x.numerator',
          denominator: 'x.whole',
          total: `div(sum(2 * x.numerator) OVER (PARTITION BY x.order_id, x.rate) + x.whole, 2 * x.whole)`,
          tie: 'x.line_id',
        });
  const shipping = ships
    ? 'UNION ALL SELECT s.order_id, NULL::uuid, s.currency, s.tax_class, s.price FROM shippings s WHERE s.price > 0'
    : '';
  return `taxed AS MATERIALIZED (
    SELECT x.order_id, x.line_id, x.rate / 10000 AS rate, ${share} / x.per AS tax
    FROM (
      SELECT b.*, ${PER('b.currency')} AS per, r.rate, ${whole} AS whole, b.base * ${PER('b.currency')} * r.rate AS numerator
      FROM (SELECT l.order_id, l.line_id, l.currency, l.tax_class, l.amount - l.discount AS base FROM discounted l ${shipping}) b
      JOIN new_orders n ON n.id = b.order_id, LATERAL (
        SELECT trunc(t.rate * 10000) AS rate FROM tax_rates t
        WHERE t.deleted_at IS NULL AND t.country = n.country AND (t.region IS NULL OR t.region = n.region) AND t.tax_class = b.tax_class
          AND (t.valid_from IS NULL OR t.valid_from <= n.placed_at) AND (t.valid_to IS NULL OR t.valid_to > n.placed_at)
        ORDER BY t.region NULLS LAST LIMIT 1
      ) r
    ) x
  )`;
}

/* At least two decimals, as all amounts are shown. */
const shown = (amount: string, currency: string) => `round(${amount}, greatest(2, currency_decimals(${currency})))`;

function priced({ codes, taxes }: Parts): string {
  const discount = shown(codes ? 'l.discount' : '0', 'l.currency');
  if (!taxes) {
    const untaxed = `${shown('0', 'l.currency')} AS tax, NULL::numeric AS tax_rate`;
    return `priced AS NOT MATERIALIZED (SELECT l.*, ${discount} AS line_discount, ${untaxed} FROM discounted l)`;
  }
  return `priced AS MATERIALIZED (
    SELECT l.*, ${discount} AS line_discount, ${shown('coalesce(t.tax, 0)', 'l.currency')} AS tax, t.rate AS tax_rate
    FROM discounted l LEFT JOIN taxed t ON t.line_id = l.line_id
  )`;
}

function amounts({ codes, ships, taxes }: Parts, { pricesIncludeTax }: TaxRules): string {
  const inCurrency = (amount: string) => shown(amount, 'p.currencies[1]');
  const shipping = inCurrency(ships ? 'coalesce(s.price, 0)' : '0');
  const shippingTax = inCurrency(ships && taxes ? 'coalesce(t.tax, 0)' : '0');
  const tax = `p.tax + ${shippingTax}`;
  return `amounts AS MATERIALIZED (
    SELECT p.*, ${shipping} AS shipping, ${shippingTax} AS shipping_tax, ${tax} AS all_tax, ${pricesIncludeTax} AS prices_include_tax,
      p.subtotal - p.discount + ${shipping}${pricesIncludeTax ? '' : ` + ${tax}`} AS total,
      ${codes ? 'd.code_id, d.code AS discount_code, d.fault AS code_fault, d.minimum AS code_minimum' : 'NULL::uuid AS code_id, NULL AS discount_code, NULL AS code_fault, NULL::numeric AS code_minimum'},
      ${ships ? 's.code AS shipping_method, s.fault AS shipping_fault' : 'NULL AS shipping_method, NULL AS shipping_fault'}
    FROM (
      SELECT order_id, sum(amount) AS subtotal, sum(line_discount) AS discount, sum(tax) AS tax, array_agg(DISTINCT currency) AS currencies,
        count(*) AS products, bool_and(is_available AND stock_quantity >= quantity) AS is_in_stock
      FROM priced GROUP BY order_id
    ) p
    ${codes ? 'LEFT JOIN discounts d ON d.order_id = p.order_id' : ''}
    ${ships ? 'LEFT JOIN shippings s ON s.order_id = p.order_id' : ''}
    ${ships && taxes ? 'LEFT JOIN taxed t ON t.order_id = p.order_id AND t.line_id IS NULL' : ''}
  )`;
}
