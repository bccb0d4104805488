import type { Env } from '../../../../config/env';
import type { Statement } from '../../../database/sql/statement';

/** A document to issue. */
export interface NewDocument {
  readonly id: string;
  readonly kind: 'confirmation' | 'invoice' | 'credit_note';
  readonly orderId: string;
  /** Of a credit note. */
  readonly refundId: string | null;
}

const time = (value: string) => `to_char(${value} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

/*
 * ord          the order, unless it is history, which was imported, or written down long after it was placed: its documents were written elsewhere.
 * invoice      its invoice, which a credit note corrects.
 * refund       what a credit note gives back.
 *
 * Nothing is issued twice, and no credit note without an invoice. A trigger gives the number.
 */
const ISSUE = `
  WITH ord AS MATERIALIZED (
    SELECT o.*, u.email AS user_email, nullif(concat_ws(' ', u.first_name, u.last_name), '') AS user_name
    FROM orders o LEFT JOIN users u ON u.id = o.user_id
    WHERE o.id = $3::uuid AND o.imported_at IS NULL AND o.created_at - o.placed_at < interval '1 hour'
  ),
  invoice AS (SELECT d.number FROM documents d WHERE d.order_id = $3::uuid AND d.kind = 'invoice'),
  refund AS (SELECT r.amount FROM refunds r WHERE r.id = $4::uuid)
  INSERT INTO documents (id, kind, number, order_id, refund_id, content)
  SELECT $1::uuid, $2, o.order_number, o.id, $4::uuid, jsonb_build_object(
    'seller', $5::jsonb,
    'buyer', jsonb_build_object('name', coalesce(o.billing_address ->> 'name', o.shipping_address ->> 'name', o.user_name), 'email', coalesce(o.email, o.user_email),
      'billingAddress', coalesce(o.billing_address, o.shipping_address), 'shippingAddress', o.shipping_address),
    'orderNumber', o.order_number, 'placedAt', ${time('o.placed_at')}, 'paidAt', ${time('o.paid_at')}, 'paymentMethod', o.payment_method,
    'items', (
      SELECT coalesce(jsonb_agg(jsonb_build_object('sku', i.sku, 'name', i.product_name, 'quantity', i.quantity, 'unitPrice', i.unit_price::text,
        'discount', i.discount::text, 'subtotal', i.subtotal::text, 'tax', i.tax::text, 'taxRate', trim_scale(i.tax_rate)) ORDER BY i.id), '[]')
      FROM order_items i WHERE i.order_id = o.id),
    'taxes', (
      SELECT coalesce(jsonb_agg(jsonb_build_object('rate', trim_scale(t.tax_rate), 'base', t.base::text, 'tax', t.tax::text) ORDER BY t.tax_rate), '[]')
      FROM (SELECT i.tax_rate, sum(i.subtotal - i.discount) AS base, sum(i.tax) AS tax FROM order_items i
        WHERE i.order_id = o.id AND i.tax_rate IS NOT NULL GROUP BY i.tax_rate) t),
    'subtotal', o.subtotal::text, 'discount', o.discount::text, 'shipping', o.shipping::text, 'shippingTax', o.shipping_tax::text, 'tax', o.tax::text,
    'pricesIncludeTax', o.prices_include_tax, 'total', o.total::text, 'currency', o.currency
  ) || CASE WHEN $2 = 'credit_note' THEN jsonb_build_object('refund', jsonb_build_object('amount', r.amount::text,
    'tax', rounded_amount(CASE WHEN o.total = 0 THEN 0 ELSE r.amount * o.tax / o.total END, o.currency)::text, 'invoiceNumber', v.number)) ELSE '{}' END
  FROM ord o LEFT JOIN refund r ON true LEFT JOIN invoice v ON true
  WHERE CASE $2 WHEN 'credit_note' THEN r.amount > 0 AND v.number IS NOT NULL AND NOT EXISTS (SELECT FROM documents d WHERE d.refund_id = $4::uuid)
    ELSE NOT EXISTS (SELECT FROM documents d WHERE d.order_id = o.id AND d.kind = $2) END
  RETURNING id`;

/** Returns the statement that issues a document of a locked order and returns its id; no row where there is nothing to issue. */
export function issueDocument({ id, kind, orderId, refundId }: NewDocument, env: Env): Statement {
  const { SHOP_NAME: name, SHOP_ADDRESS: address, SHOP_TAX_ID: taxId } = env;
  return { text: ISSUE, values: [id, kind, orderId, refundId, JSON.stringify({ name, address, taxId })] };
}
