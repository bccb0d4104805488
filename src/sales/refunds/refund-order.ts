import { Decimal } from 'decimal.js';
import type { TxContext } from '../../context/context';
import type { Conditions } from '../../http/endpoint';
import { type Found, readObject } from '../../resource/read/read-one';
import { closeIfRefunded, lockOrder } from '../orders/move-order';
import { notRefundable, refundExceedsTotal, restockExceedsSold } from '../problems';
import { notReturned, type Quantities } from '../stock/stock.queries';
import { createRefund } from './create-refund';
import { refunds } from './refund.resource';
import { refundedAmount } from './refunded-amount';

/** The body of a refund. */
export interface RefundRequest {
  readonly amount: string;
  readonly reason?: string;
  readonly restock?: readonly { readonly productId: string; readonly quantity: number }[];
}

const REFUNDABLE = new Set(['paid', 'shipped', 'completed']);

/**
 * Refunds a part of an order and returns the refund. Throws `not_found` (404), `precondition_failed` (412), `not_refundable`,
 * `refund_exceeds_total` or `restock_exceeds_sold` (409). Decides under the order's lock (docs/adr/0004); a trigger checks it again.
 */
export async function refundOrder(
  tx: TxContext,
  orderId: string,
  request: RefundRequest,
  conditions: Conditions,
): Promise<Found & { readonly id: string }> {
  const order = await lockOrder(tx, orderId, conditions);
  if (!REFUNDABLE.has(order.status))
    throw notRefundable.because(`The order is ${order.status}; only paid, shipped and completed orders can be refunded.`);
  const amount = new Decimal(request.amount);
  const remaining = new Decimal(order.total).minus(await refundedAmount(tx, orderId));
  if (amount.greaterThan(remaining)) throw refundExceedsTotal.because(`At most ${remaining.toFixed(2)} can still be refunded.`);
  const restock = quantitiesOf(request);
  if (restock.size > 0) requireSold(restock, await notReturned(tx, orderId));
  const { id } = await createRefund(tx, order, { amount, reason: request.reason ?? null, restock });
  await closeIfRefunded(tx, order);
  return { id, ...(await readObject(tx, refunds, id)) };
}

function quantitiesOf({ restock = [] }: RefundRequest): Quantities {
  const quantities = new Map<string, number>();
  for (const { productId, quantity } of restock) quantities.set(productId, (quantities.get(productId) ?? 0) + quantity);
  return quantities;
}

function requireSold(restock: Quantities, sold: Quantities): void {
  const beyond = [...restock].filter(([id, quantity]) => quantity > (sold.get(id) ?? 0));
  if (beyond.length === 0) return;
  throw restockExceedsSold.because('The restock exceeds what the order took from stock and has not returned.', {
    errors: beyond.map(([id]) => ({ pointer: '/restock', code: 'too_large', message: `product ${id}: at most ${sold.get(id) ?? 0}` })),
  });
}
