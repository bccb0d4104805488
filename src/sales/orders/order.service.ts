import { Decimal } from 'decimal.js';
import type { TxContext } from '../../context/context';
import type { Conditions } from '../../http/endpoint';
import { requireMatch } from '../../http/output/conditional';
import type { Reply } from '../../http/output/reply';
import { readObject, replyWith } from '../../resource/read/read-one';
import { ResourceService } from '../../resource/resource.service';
import { lockRow } from '../../resource/write/lock-row';
import { refundedAmount } from '../refunds/refunded-amount';
import type { Order } from './order.model';
import { orders } from './order.resource';
import { type OrderStatus, requireTransition } from './order.states';

/** Reads orders; its writes are the stories below. */
export const orderService = new ResourceService(orders);

const STAMPS = { paid: 'paidAt', shipped: 'shippedAt', completed: 'completedAt', cancelled: 'cancelledAt' } as const;

type Destination = keyof typeof STAMPS;

/** Loads an order and holds its row; throws `not_found` (404), `precondition_failed` (412). */
export async function lockOrder(tx: TxContext, id: string, conditions: Conditions): Promise<Order> {
  const order = (await lockRow(tx, orders, id)) as Order;
  requireMatch(conditions.ifMatch, order.version);
  return order;
}

/** Moves a locked order on, with the time of it; throws `invalid_transition` (409). */
export async function moveOrder(tx: TxContext, order: Order, to: Destination): Promise<void> {
  requireTransition(order.status as OrderStatus, to);
  await order.update({ status: to, [STAMPS[to]]: new Date() }, { transaction: tx.transaction });
}

/** Moves an order on and answers it. */
export async function advance(tx: TxContext, id: string, to: Destination, conditions: Conditions): Promise<Reply> {
  const order = await lockOrder(tx, id, conditions);
  await moveOrder(tx, order, to);
  if (to === 'completed') await closeIfRefunded(tx, order);
  return replyWith(orders, await readObject(tx, orders, id));
}

/** An order that is completed and wholly refunded is `refunded`. */
export async function closeIfRefunded(tx: TxContext, order: Order): Promise<void> {
  const total = new Decimal(order.total);
  if (order.status !== 'completed' || total.isZero() || !(await refundedAmount(tx, order.id)).equals(total)) return;
  await order.update({ status: 'refunded' }, { transaction: tx.transaction });
}
