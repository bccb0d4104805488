import { currentPrice } from '../../../catalogue';
import type { Expression, ReadContext } from '../../../resource/definition/resource';
import { quoteObject } from '../../orders/quote/quotes.statement';
import { codesOf, pricingOf } from '../../pricing/pricing.statement';
import { cartProblems } from './cart-problems.statement';

/* A cart may have any of them, and is one text for all. */
const PARTS = { ships: true, codes: true, taxes: true };

/**
 * Returns the SQL of the quote of the cart `alias`: the CTEs that place an order, over the lines of the cart. What it holds itself is available
 * to it. Null where it has no line, or is open no more.
 */
export const cartQuote: Expression = (ctx, alias) => `(
  WITH new_orders AS MATERIALIZED (
    SELECT ${alias}.id, date_trunc('milliseconds', statement_timestamp()) AS placed_at, ${alias}.user_id AS buyer, ${alias}.email,
      ${alias}.shipping_method AS method, ${alias}.discount_code AS code, ${destination(ctx, alias)}, ${alias}.held_until IS NOT NULL AS is_held
    WHERE ${alias}.status = 'open' AND ${alias}.deleted_at IS NULL
  ),
  ${codesOf(PARTS, '', '')}
  locked AS MATERIALIZED (
    SELECT n.id AS order_id, i.id AS line_id, p.id, p.name, p.sku, ${currentPrice('p')} AS price, p.currency,
      p.stock_quantity + CASE WHEN n.is_held THEN i.quantity ELSE 0 END AS stock_quantity, i.quantity, p.option_values, p.tax_class, p.weight_grams,
      p.category_id, p.status = 'active' AND p.deleted_at IS NULL AS is_available
    FROM new_orders n JOIN cart_items i ON i.cart_id = n.id JOIN products p ON p.id = i.product_id
  ),
  ${pricingOf(PARTS, taxRules(ctx))}
  SELECT ${quoteObject(PARTS, { members: `, 'problems', ${cartProblems}`, line: LINE_MEMBERS })}
  FROM new_orders n JOIN amounts s ON s.order_id = n.id)`;

const LINE_MEMBERS = `'id', l.line_id, 'available', CASE WHEN l.is_available THEN l.stock_quantity ELSE 0 END, `;

function taxRules({ env: { PRICES_INCLUDE_TAX: pricesIncludeTax = false, TAX_ROUNDING: taxRounding = 'line' } }: ReadContext) {
  return { pricesIncludeTax, taxRounding };
}

/* As `destinationOf`: the address has a country, or the shop's own holds. */
function destination({ env: { SHOP_COUNTRY = '' } }: ReadContext, alias: string): string {
  const member = (name: string) =>
    `CASE WHEN jsonb_typeof(${alias}.shipping_address -> '${name}') = 'string' THEN ${alias}.shipping_address ->> '${name}' END`;
  const own = SHOP_COUNTRY === '' ? 'NULL' : `'${SHOP_COUNTRY}'`;
  return `coalesce(${member('country')}, ${own}) AS country, CASE WHEN ${member('country')} IS NOT NULL THEN ${member('region')} END AS region`;
}
