import type { Decimal } from 'decimal.js';
import type { TxContext } from '../../context/context';
import { applySettings } from '../../database/transaction/apply-settings';
import { credit } from '../balance/change-balance';
import type { Order } from '../orders/order.model';
import { type Quantities, returnStock } from '../stock/return-stock';
import { Refund } from './refund.model';

interface Return {
  readonly amount: Decimal;
  readonly reason: string | null;
  readonly restock: Quantities;
}

/**
 * Writes a refund of a locked order: what comes back goes to stock, and where it was paid from the balance, the money goes back there;
 * in this order, for products are locked before users.
 */
export async function giveBack(tx: TxContext, order: Order, { amount, reason, restock }: Return): Promise<Refund> {
  const items = [...restock].map(([productId, quantity]) => ({ productId, quantity }));
  const values = { orderId: order.id, amount: amount.toFixed(2), reason, restock: items };
  const refund = await Refund.create(values, { transaction: tx.transaction });
  await returnStock(tx, restock, { 'app.stock_reason': 'refund', 'app.order_id': order.id, 'app.refund_id': refund.id });
  if (order.paymentMethod === 'balance') {
    await applySettings(tx, { 'app.balance_kind': 'refund', 'app.order_id': order.id, 'app.refund_id': refund.id });
    await credit(tx, order.userId, amount);
  }
  return refund;
}
