import type { TxContext } from '../../../context/context';
import type { Conditions } from '../../../http/endpoint';
import { readObject } from '../../../resource/read/read-one';
import { lockRow, requireVersion } from '../../../resource/write/lock-row';
import type { Order } from '../../orders/order.model';
import { lockOrder } from '../../orders/transitions/move-order';
import type { Return } from '../return.model';
import { returns } from '../return.resource';

/** A return and its order, both locked. */
export interface LockedReturn {
  readonly order: Order;
  readonly row: Return;
}

const ANY_VERSION = { ifMatch: undefined, ifNoneMatch: undefined };

/**
 * Loads and locks a return with its order, the order first, as everything that writes returns does; throws `not_found` (404), what
 * `authorize` throws, and `precondition_failed` (412).
 */
export async function lockReturn(
  tx: TxContext,
  id: string,
  conditions: Conditions,
  authorize: (tx: TxContext, order: Order) => void = () => undefined,
): Promise<LockedReturn> {
  // Which order it belongs to never changes, so that it is read without a lock.
  const { text } = await readObject(tx, returns, id, { fields: ['orderId'], include: [] });
  const { orderId } = JSON.parse(text.text) as { orderId: string };
  const order = await lockOrder(tx, orderId, ANY_VERSION, authorize);
  const row = (await lockRow(tx, returns, id)) as Return;
  requireVersion(returns, row, conditions.ifMatch);
  return { order, row };
}
