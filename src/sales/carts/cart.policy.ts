import type { Ctx } from '../../context/context';
import { actorId, guestTokenHash, holds, type Permission, requirePermission } from '../../context/permission';
import { type Condition, column } from '../../database/sql/binder';

/** Returns the conditions of the carts that an actor sees: a guest the one of the token, customers their own, staff with `carts:read` all. */
export function visibleCarts({ actor }: Pick<Ctx, 'actor'>): readonly Condition[] {
  if (holds(actor, 'carts:read')) return [];
  const hash = guestTokenHash(actor);
  if (hash !== null) return [(t, bind) => `${column(t, 'guest_token_hash')} = ${bind(hash, 'text')}`];
  return [(t, bind) => `${column(t, 'user_id')} = ${bind(actorId(actor), 'uuid')}`];
}

/** Throws `forbidden` (403) unless the cart is the actor's own, or the actor holds the permission: who reads all carts may not change them. */
export function requireOwnCart(ctx: Ctx, { userId }: { readonly userId: string | null }, permission: Permission = 'carts:write'): void {
  // A guest sees no other cart than the own.
  const isOwn = guestTokenHash(ctx.actor) !== null || (userId !== null && userId === actorId(ctx.actor));
  if (!isOwn) requirePermission(ctx, permission);
}
