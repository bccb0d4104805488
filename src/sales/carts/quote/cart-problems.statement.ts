import { CODE_FAULTS, SHIPPING_FAULTS } from '../../pricing/price-faults';
import { insufficientStock, productUnavailable, shippingUnavailable } from '../../problems';

const UNAVAILABLE = 'The product is not for sale. Remove it from the cart.';
const OTHER_CURRENCY = 'The product is sold in another currency than those before it. Remove it, and order it by itself.';

/**
 * Returns the SQL of what keeps the cart `n`, with the amounts `s`, from being ordered, as a JSON array of `{pointer, code, message}` with the
 * codes and the sentences of the problems that its check-out would end with.
 */
export const cartProblems = `(
  SELECT coalesce(json_agg(json_build_object('pointer', x.pointer, 'code', x.code, 'message', x.message) ORDER BY x.place, x.pointer), '[]')
  FROM (
    SELECT 0 AS place, '/quote/items/' || l.position || f.member AS pointer, f.code, f.message
    FROM (SELECT l.*, row_number() OVER (ORDER BY l.line_id) - 1 AS position, first_value(l.currency) OVER (ORDER BY l.line_id) AS first FROM priced l WHERE l.order_id = n.id) l,
    LATERAL (
      SELECT '/productId', '${productUnavailable.code}', '${UNAVAILABLE}' WHERE NOT l.is_available
      UNION ALL
      SELECT '/productId', 'currency_mismatch', '${OTHER_CURRENCY}' WHERE l.is_available AND l.currency <> l.first
      UNION ALL
      SELECT '/quantity', '${insufficientStock.code}', format('%s requested, %s available of %s.', l.quantity, l.stock_quantity, l.name)
      WHERE l.is_available AND l.stock_quantity < l.quantity
    ) f (member, code, message)
    UNION ALL
    SELECT 1, '/discountCode', ${caseOf('s.code_fault', CODE_FAULTS, ({ type }) => type.code)},
      replace(${caseOf('s.code_fault', CODE_FAULTS, ({ detail }) => detail)}, '{minimum}', coalesce(s.code_minimum::text, ''))
    WHERE s.code_fault IS NOT NULL
    UNION ALL
    SELECT 2, '/shippingMethod', '${shippingUnavailable.code}', ${caseOf('s.shipping_fault', SHIPPING_FAULTS, (detail) => detail)}
    WHERE s.shipping_fault IS NOT NULL
  ) x)`;

function caseOf<Fault>(value: string, faults: Readonly<Record<string, Fault>>, textOf: (fault: Fault) => string): string {
  const cases = Object.entries(faults).map(([name, fault]) => `WHEN '${name}' THEN '${textOf(fault).replaceAll("'", "''")}'`);
  return `CASE ${value} ${cases.join(' ')} END`;
}
