import type { Decimal } from 'decimal.js';
import type { TxContext } from '../../context/context';
import { setSessionVariables } from '../../database/transaction/set-session-variables';
import { amountText } from '../../schema/currencies';
import { addToBalance } from '../balance/add-to-balance';
import type { Order } from '../orders/order.model';
import { balanceLimitExceeded } from '../problems';
import { type Quantities, returnToStock } from '../stock/stock.queries';
import { Refund } from './refund.model';

/** What a refund gives back. */
export interface RefundContent {
  readonly amount: Decimal;
  readonly reason: string | null;
  readonly restock: Quantities;
}

/**
 * Writes a refund of a locked order: puts its goods back to stock and, where the order was paid from the balance, the money back
 * there; in this order, because products are locked before users. Throws `balance_limit_exceeded` (409).
 */
export async function createRefund(tx: TxContext, order: Order, { amount, reason, restock }: RefundContent): Promise<Refund> {
  const items = [...restock].map(([productId, quantity]) => ({ productId, quantity }));
  const values = { orderId: order.id, amount: amountText(order.currency, amount), reason, restock: items };
  const refund = await Refund.create(values, { transaction: tx.transaction });
  await returnToStock(tx, restock, { 'app.stock_reason': 'refund', 'app.order_id': order.id, 'app.refund_id': refund.id });
  if (order.paymentMethod === 'balance' && order.userId !== null && amount.greaterThan(0)) {
    await setSessionVariables(tx, { 'app.balance_kind': 'refund', 'app.order_id': order.id, 'app.refund_id': refund.id });
    await addToBalance(tx, order.userId, amount, (limit) => beyondLimit(amountText(order.currency, amount), limit));
  }
  return refund;
}

function beyondLimit(amount: string, limit: string) {
  return balanceLimitExceeded.because(
    `The refund of ${amount} does not fit on the customer's balance: ${limit}. Nothing was changed. Try again once some of it is spent.`,
  );
}
