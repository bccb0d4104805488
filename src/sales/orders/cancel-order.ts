import { Decimal } from 'decimal.js';
import type { TxContext } from '../../context/context';
import type { Conditions } from '../../http/endpoint';
import type { Reply } from '../../http/output/reply';
import { readObject, replyWith } from '../../resource/read/read-one';
import { giveBack } from '../refunds/create-refund';
import { refundedAmount } from '../refunds/refunded-amount';
import { returnStock, stillOut } from '../stock/return-stock';
import { requireCancel } from './order.policy';
import { orders } from './order.resource';
import { lockOrder, moveOrder } from './order.service';

/**
 * Cancels a pending or paid order: what it took goes back to stock, and what was paid and not refunded yet is refunded. Throws
 * `not_found` (404), `forbidden` (403), `invalid_transition` (409).
 */
export async function cancelOrder(tx: TxContext, id: string, conditions: Conditions): Promise<Reply> {
  const order = await lockOrder(tx, id, conditions);
  requireCancel(tx, order);
  const wasPaid = order.status === 'paid';
  await moveOrder(tx, order, 'cancelled');
  await returnStock(tx, await stillOut(tx, id), { 'app.stock_reason': 'cancel', 'app.order_id': id });
  const remainder = new Decimal(order.total).minus(wasPaid ? await refundedAmount(tx, id) : order.total);
  if (remainder.greaterThan(0)) await giveBack(tx, order, { amount: remainder, reason: 'cancelled', restock: new Map() });
  return replyWith(orders, await readObject(tx, orders, id));
}
