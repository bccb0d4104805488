import type { TxContext } from '../../context/context';
import type { Conditions } from '../../http/endpoint';
import { type Found, readObject } from '../../resource/read/read-one';
import { ResourceService } from '../../resource/resource.service';
import { orders } from './order.resource';
import { lockOrder, moveOrder, type NextStatus } from './transitions/move-order';

export { placeOrder } from './placing/place-order';
export { cancelOrder } from './transitions/cancel-order';
export { rowsOfCancellation } from './transitions/rows-of-order.queries';

/** Lists and reads orders; the functions below, and those exported above, write them. */
export const orderService = new ResourceService(orders);

/** Marks an order as paid outside the shop; throws `not_found` (404), `precondition_failed` (412), `invalid_transition` (409). */
export function payOrder(tx: TxContext, id: string, conditions: Conditions): Promise<Found> {
  return advance(tx, id, 'paid', conditions);
}

/** Marks a paid order as shipped; throws as `payOrder` does. */
export function shipOrder(tx: TxContext, id: string, conditions: Conditions): Promise<Found> {
  return advance(tx, id, 'shipped', conditions);
}

/** Completes a shipped order; throws as `payOrder` does. */
export function completeOrder(tx: TxContext, id: string, conditions: Conditions): Promise<Found> {
  return advance(tx, id, 'completed', conditions);
}

async function advance(tx: TxContext, id: string, to: NextStatus, conditions: Conditions): Promise<Found> {
  const order = await lockOrder(tx, id, conditions);
  await moveOrder(tx, order, to);
  return readObject(tx, orders, id);
}
