import type { Ctx } from '../../context/context';
import { actorId, guestTokenHash, holds } from '../../context/permission';
import { type Condition, column } from '../../database/sql/binder';

/** Returns the conditions of the carts that an actor sees: a guest the one of the token, customers their own, staff with `carts:read` all. */
export function visibleCarts({ actor }: Pick<Ctx, 'actor'>): readonly Condition[] {
  if (holds(actor, 'carts:read')) return [];
  const hash = guestTokenHash(actor);
  if (hash !== null) return [(t, bind) => `${column(t, 'guest_token_hash')} = ${bind(hash, 'text')}`];
  return [(t, bind) => `${column(t, 'user_id')} = ${bind(actorId(actor), 'uuid')}`];
}
