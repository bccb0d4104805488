import type { Ctx } from '../../context/context';
import { actorId, holds } from '../../context/permission';
import { type Condition, column } from '../../database/sql/binder';

/** Returns the conditions of the addresses that an actor sees: customers their own, staff with `addresses:read` all. */
export function visibleAddresses({ actor }: Pick<Ctx, 'actor'>): readonly Condition[] {
  return holds(actor, 'addresses:read') ? [] : [(t, bind) => `${column(t, 'user_id')} = ${bind(actorId(actor), 'uuid')}`];
}
