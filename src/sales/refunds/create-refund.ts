import type { Decimal } from 'decimal.js';
import type { TxContext } from '../../context/context';
import { setSessionVariables } from '../../database/transaction/set-session-variables';
import { amountText } from '../../schema/currencies';
import { addToBalance } from '../balance/add-to-balance';
import type { Order } from '../orders/order.model';
import { balanceLimitExceeded } from '../problems';
import { type Quantities, returnToStock } from '../stock/stock.queries';
import type { CostedPieces } from './pieces/costs-of-pieces.queries';
import { RefundItem } from './pieces/refund-item.model';
import { Refund } from './refund.model';

/** What a refund gives back. */
export interface RefundContent {
  readonly amount: Decimal;
  readonly reason: string | null;
  readonly restock: Quantities;
  /** The pieces that the amount is for, in part or in full. */
  readonly items?: readonly CostedPieces[];
  readonly includesShipping?: boolean;
  readonly returnId?: string | null;
}

/**
 * Writes a refund of a locked order: puts its goods back to stock and, where the order was paid from the balance, the money back
 * there; in this order, because products are locked before users. Throws `balance_limit_exceeded` (409).
 */
export async function createRefund(tx: TxContext, order: Order, content: RefundContent): Promise<Refund> {
  const { amount, reason, restock, items = [], includesShipping = false, returnId = null } = content;
  const { transaction } = tx;
  const restocked = [...restock].map(([productId, quantity]) => ({ productId, quantity }));
  const paid = amountText(order.currency, amount);
  const values = { orderId: order.id, amount: paid, reason, restock: restocked, includesShipping, returnId };
  const refund = await Refund.create(values, { transaction });
  const pieces = items.map((item) => ({ ...item, refundId: refund.id, amount: amountText(order.currency, item.amount) }));
  if (pieces.length > 0) await RefundItem.bulkCreate(pieces, { transaction });
  await returnToStock(tx, restock, { 'app.stock_reason': 'refund', 'app.order_id': order.id, 'app.refund_id': refund.id });
  if (order.paymentMethod === 'balance' && order.userId !== null && amount.greaterThan(0)) {
    await setSessionVariables(tx, { 'app.balance_kind': 'refund', 'app.order_id': order.id, 'app.refund_id': refund.id });
    await addToBalance(tx, order.userId, amount, (limit) => beyondLimit(paid, limit));
  }
  return refund;
}

function beyondLimit(amount: string, limit: string) {
  return balanceLimitExceeded.because(
    `The refund of ${amount} does not fit on the customer's balance: ${limit}. Nothing was changed. Try again once some of it is spent.`,
  );
}
