import { Decimal } from 'decimal.js';
import type { TxContext } from '../../../context/context';
import { databaseTime } from '../../../database/database-time';
import type { Conditions } from '../../../http/endpoint';
import { lockRow, requireVersion } from '../../../resource/write/lock-row';
import { refundedAmount } from '../../refunds/refunded-amount';
import type { Order } from '../order.model';
import { orders } from '../order.resource';
import { requireTransition } from './order.states';

const TIME_OF = {
  paid: 'paidAt',
  partly_shipped: null,
  shipped: 'shippedAt',
  completed: 'completedAt',
  cancelled: 'cancelledAt',
} as const;

/** The statuses that a request moves an order to. */
export type NextStatus = keyof typeof TIME_OF;

/**
 * Loads an order and locks its row; throws `not_found` (404), what `authorize` throws, and only then `precondition_failed` (412): a
 * precondition counts for requests that would otherwise succeed (RFC 9110, 13.2.1).
 */
export async function lockOrder(
  tx: TxContext,
  id: string,
  conditions: Conditions,
  authorize: (tx: TxContext, order: Order) => void = () => undefined,
): Promise<Order> {
  const order = (await lockRow(tx, orders, id)) as Order;
  authorize(tx, order);
  requireVersion(orders, order, conditions.ifMatch);
  return order;
}

/** Moves a locked order to a status and stamps its time, if it has one; throws `invalid_transition` (409). */
export async function moveOrder(tx: TxContext, order: Order, to: NextStatus): Promise<void> {
  requireTransition(order.status, to);
  const time = TIME_OF[to];
  await order.update({ status: to, ...(time !== null && { [time]: databaseTime() }) }, { transaction: tx.transaction });
}

/** Moves a locked order that is wholly refunded to `refunded`, from whatever status; a free order never is. */
export async function closeIfRefunded(tx: TxContext, order: Order): Promise<void> {
  const total = new Decimal(order.total);
  if (order.status === 'refunded' || total.isZero() || !(await refundedAmount(tx, order.id)).equals(total)) return;
  requireTransition(order.status, 'refunded');
  await order.update({ status: 'refunded' }, { transaction: tx.transaction });
}
