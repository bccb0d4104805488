import type { TxContext } from '../../context/context';
import type { Conditions } from '../../http/endpoint';
import type { Reply } from '../../http/output/reply';
import { readObject, replyWith } from '../../resource/read/read-one';
import { ResourceService } from '../../resource/resource.service';
import { closeIfRefunded, lockOrder, moveOrder, type NextStatus } from './move-order';
import { orders } from './order.resource';

export { cancelOrder } from './cancel-order';
export { placeOrder } from './placing/place-order';

/** Reads orders; the stories of this folder write them. */
export const orderService = new ResourceService(orders);

/** Notes that an order was paid outside the shop; throws `not_found` (404), `precondition_failed` (412), `invalid_transition` (409). */
export function payOrder(tx: TxContext, id: string, conditions: Conditions): Promise<Reply> {
  return advance(tx, id, 'paid', conditions);
}

/** Notes that an order was shipped; throws as `payOrder` does. */
export function shipOrder(tx: TxContext, id: string, conditions: Conditions): Promise<Reply> {
  return advance(tx, id, 'shipped', conditions);
}

/** Completes a shipped order; throws as `payOrder` does. */
export function completeOrder(tx: TxContext, id: string, conditions: Conditions): Promise<Reply> {
  return advance(tx, id, 'completed', conditions);
}

async function advance(tx: TxContext, id: string, to: NextStatus, conditions: Conditions): Promise<Reply> {
  const order = await lockOrder(tx, id, conditions);
  await moveOrder(tx, order, to);
  await closeIfRefunded(tx, order);
  return replyWith(orders, await readObject(tx, orders, id));
}
