import { Decimal } from 'decimal.js';
import type { TxContext } from '../../../context/context';
import type { Conditions } from '../../../http/endpoint';
import { type Found, readObject } from '../../../resource/read/read-one';
import { createRefund } from '../../refunds/create-refund';
import { refundedAmount } from '../../refunds/refunded-amount';
import { notReturned, returnToStock } from '../../stock/stock.queries';
import type { Order } from '../order.model';
import { requireCancel } from '../order.policy';
import { orders } from '../order.resource';
import { lockOrder, moveOrder } from './move-order';

/**
 * Cancels a pending or paid order: its goods go back to stock, and what was paid and not refunded yet is refunded. Throws
 * `not_found` (404), `forbidden` (403), `precondition_failed` (412), `invalid_transition`, `balance_limit_exceeded` (409).
 */
export async function cancelOrder(tx: TxContext, id: string, conditions: Conditions): Promise<Found> {
  const order = await lockOrder(tx, id, conditions, requireCancel);
  await cancelLocked(tx, order);
  return readObject(tx, orders, id);
}

/** Cancels a locked order, as `cancelOrder` does; throws `invalid_transition`, `balance_limit_exceeded` (409). */
export async function cancelLocked(tx: TxContext, order: Order): Promise<void> {
  const { id } = order;
  const wasPaid = order.status === 'paid';
  await moveOrder(tx, order, 'cancelled');
  // The goods of an imported order never left this stock.
  if (order.importedAt === null) await returnToStock(tx, await notReturned(tx, id), { 'app.stock_reason': 'cancel', 'app.order_id': id });
  if (wasPaid) await refundRemainder(tx, order);
}

/* Without a restock: the stock is back already. */
async function refundRemainder(tx: TxContext, order: Order): Promise<void> {
  const amount = new Decimal(order.total).minus(await refundedAmount(tx, order.id));
  if (amount.greaterThan(0)) await createRefund(tx, order, { amount, reason: 'cancelled', restock: new Map() });
}
