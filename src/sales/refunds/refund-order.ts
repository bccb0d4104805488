import { Decimal } from 'decimal.js';
import type { TxContext } from '../../context/context';
import type { Conditions } from '../../http/endpoint';
import { type Found, readObject } from '../../resource/read/read-one';
import type { Order } from '../orders/order.model';
import { closeIfRefunded, lockOrder } from '../orders/transitions/move-order';
import { requireRefundable } from '../orders/transitions/order.states';
import { refundExceedsTotal, restockExceedsSold } from '../problems';
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
  requireRefundable(order.status);
  const amount = new Decimal(request.amount);
  await requireRemaining(tx, order, amount);
  const restock = quantitiesOf(request);
  await requireSold(tx, order, restock);
  const { id } = await createRefund(tx, order, { amount, reason: request.reason ?? null, restock });
  await closeIfRefunded(tx, order);
  return { id, ...(await readObject(tx, refunds, id)) };
}

async function requireRemaining(tx: TxContext, { id, total }: Order, amount: Decimal): Promise<void> {
  const remaining = new Decimal(total).minus(await refundedAmount(tx, id));
  if (amount.greaterThan(remaining)) throw refundExceedsTotal.because(`At most ${remaining.toFixed(2)} can still be refunded.`);
}

function quantitiesOf({ restock = [] }: RefundRequest): Quantities {
  const quantities = new Map<string, number>();
  for (const { productId, quantity } of restock) quantities.set(productId, (quantities.get(productId) ?? 0) + quantity);
  return quantities;
}

async function requireSold(tx: TxContext, { id: orderId }: Order, restock: Quantities): Promise<void> {
  if (restock.size === 0) return;
  const sold = await notReturned(tx, orderId);
  const beyond = [...restock].filter(([id, quantity]) => quantity > (sold.get(id) ?? 0));
  if (beyond.length === 0) return;
  throw restockExceedsSold.because('Restock exceeds quantity sold; lower the quantities of the products that "errors" names.', {
    errors: beyond.map(([id]) => ({ pointer: '/restock', code: 'too_large', message: `product ${id}: at most ${sold.get(id) ?? 0}` })),
  });
}
