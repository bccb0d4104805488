import { Decimal } from 'decimal.js';
import type { TxContext } from '../../context/context';
import type { Conditions } from '../../http/endpoint';
import type { Reply } from '../../http/output/reply';
import { readObject, replyWith } from '../../resource/read/read-one';
import { createRefund } from '../refunds/create-refund';
import { refundedAmount } from '../refunds/refunded-amount';
import { notReturned, returnToStock } from '../stock/stock.queries';
import { lockOrder, moveOrder } from './move-order';
import { requireCancel } from './order.policy';
import { orders } from './order.resource';

/**
 * Cancels a pending or paid order: its goods go back to stock, and what was paid and not refunded yet is refunded. Throws
 * `not_found` (404), `precondition_failed` (412), `forbidden` (403), `invalid_transition` (409).
 */
export async function cancelOrder(tx: TxContext, id: string, conditions: Conditions): Promise<Reply> {
  const order = await lockOrder(tx, id, conditions);
  requireCancel(tx, order);
  const wasPaid = order.status === 'paid';
  await moveOrder(tx, order, 'cancelled');
  await returnToStock(tx, await notReturned(tx, id), { 'app.stock_reason': 'cancel', 'app.order_id': id });
  const remaining = wasPaid ? new Decimal(order.total).minus(await refundedAmount(tx, id)) : new Decimal(0);
  if (remaining.greaterThan(0)) await createRefund(tx, order, { amount: remaining, reason: 'cancelled', restock: new Map() });
  return replyWith(orders, await readObject(tx, orders, id));
}
