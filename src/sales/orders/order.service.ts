import type { TxContext } from '../../context/context';
import type { Conditions } from '../../http/endpoint';
import { type Found, readObject } from '../../resource/read/read-one';
import { ResourceService } from '../../resource/resource.service';
import { createShipment } from '../shipments/create-shipment';
import type { Order } from './order.model';
import { requireOthersOrder } from './order.policy';
import { orders } from './order.resource';
import { lockOrder, moveOrder, type NextStatus } from './transitions/move-order';

export { placeOrder } from './placing/place-order';
export { quoteOrder } from './quote/quote-order';
export { cancelOrder } from './transitions/cancel-order';
export { rowsOfCancellation } from './transitions/rows-of-order.queries';

/** Lists and reads orders; the functions below, and those exported above, write them. */
export const orderService = new ResourceService(orders);

/**
 * Marks another user's order as paid outside the shop; throws `not_found` (404), `second_person_required` (403), `precondition_failed`
 * (412), `invalid_transition` (409).
 */
export async function payOrder(tx: TxContext, id: string, conditions: Conditions): Promise<Found> {
  return advance(tx, await lockOrder(tx, id, conditions, requireOthersOrder('mark orders as paid')), 'paid');
}

/**
 * Ships all that is left of a paid order; throws `not_found` (404), `precondition_failed` (412), `invalid_transition` or `nothing_to_ship`
 * (409).
 */
export async function shipOrder(tx: TxContext, id: string, conditions: Conditions): Promise<Found> {
  await createShipment(tx, id, {}, conditions);
  return readObject(tx, orders, id);
}

/** Completes a shipped order; throws `not_found` (404), `precondition_failed` (412), `invalid_transition` (409). */
export async function completeOrder(tx: TxContext, id: string, conditions: Conditions): Promise<Found> {
  return advance(tx, await lockOrder(tx, id, conditions), 'completed');
}

async function advance(tx: TxContext, order: Order, to: NextStatus): Promise<Found> {
  await moveOrder(tx, order, to);
  return readObject(tx, orders, order.id);
}
