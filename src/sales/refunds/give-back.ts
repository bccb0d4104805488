import type { Decimal } from 'decimal.js';
import { applySettings } from '../../database/settings';
import type { TxContext } from '../../http/context';
import { credit } from '../balance/change-balance';
import type { Order } from '../orders/order.model';
import { Refund } from './refund.model';

interface Return {
  readonly amount: Decimal;
  readonly reason: string | null;
  readonly restock: { productId: string; quantity: number }[];
}

/** Writes a refund of a locked order; where it was paid from the balance, the money goes back there. */
export async function giveBack(tx: TxContext, order: Order, { amount, reason, restock }: Return): Promise<Refund> {
  const refund = await Refund.create({ orderId: order.id, amount: amount.toFixed(2), reason, restock }, { transaction: tx.transaction });
  if (order.paymentMethod === 'balance') {
    await applySettings(tx, { 'app.balance_kind': 'refund', 'app.order_id': order.id, 'app.refund_id': refund.id });
    await credit(tx, order.userId, amount);
  }
  return refund;
}
