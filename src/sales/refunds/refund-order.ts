import { Decimal } from 'decimal.js';
import type { TxContext } from '../../context/context';
import type { Conditions } from '../../http/endpoint';
import { closeIfRefunded, lockOrder } from '../orders/order.service';
import { notRefundable, refundExceedsTotal, restockExceedsSold } from '../problems';
import { type Quantities, stillOut } from '../stock/return-stock';
import { giveBack } from './create-refund';
import { refundedAmount } from './refunded-amount';

export interface WantedRefund {
  readonly amount: string;
  readonly reason?: string;
  readonly restock?: readonly { readonly productId: string; readonly quantity: number }[];
}

const REFUNDABLE = new Set(['paid', 'shipped', 'completed']);

/**
 * Refunds a part of an order, and answers the refund's id. Throws `not_refundable`, `refund_exceeds_total` or
 * `restock_exceeds_sold` (409). Decides under the order's
 * lock (docs/adr/0004); the database's own check is the last word.
 */
export async function refundOrder(tx: TxContext, orderId: string, wanted: WantedRefund, conditions: Conditions): Promise<string> {
  const order = await lockOrder(tx, orderId, conditions);
  if (!REFUNDABLE.has(order.status))
    throw notRefundable.because(`The order is ${order.status}; only paid, shipped and completed ones are refunded.`);
  const amount = new Decimal(wanted.amount);
  const remaining = new Decimal(order.total).minus(await refundedAmount(tx, orderId));
  if (amount.greaterThan(remaining)) throw refundExceedsTotal.because(`At most ${remaining.toFixed(2)} can still be refunded.`);
  const back = quantitiesOf(wanted);
  if (back.size > 0) requireSold(back, await stillOut(tx, orderId));
  const refund = await giveBack(tx, order, { amount, reason: wanted.reason ?? null, restock: back });
  await closeIfRefunded(tx, order);
  return refund.id;
}

function quantitiesOf({ restock = [] }: WantedRefund): Quantities {
  const quantities = new Map<string, number>();
  for (const { productId, quantity } of restock) quantities.set(productId, (quantities.get(productId) ?? 0) + quantity);
  return quantities;
}

function requireSold(back: Quantities, out: Quantities): void {
  const beyond = [...back].filter(([id, quantity]) => quantity > (out.get(id) ?? 0));
  if (beyond.length === 0) return;
  throw restockExceedsSold.because('More would come back to stock than the order took and still has.', {
    errors: beyond.map(([id]) => ({ pointer: '/restock', code: 'too_large', message: `product ${id}: at most ${out.get(id) ?? 0}` })),
  });
}
