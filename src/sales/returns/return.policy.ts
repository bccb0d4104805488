import type { Ctx } from '../../context/context';
import { actorId, holds, requirePermission } from '../../context/permission';
import type { Order } from '../orders/order.model';

/** Throws `forbidden` (403) unless the order is the actor's own, or the actor holds `orders:return`. */
export function requireReturner(ctx: Ctx, { userId }: Order): void {
  // Who may not read all orders sees the own alone, so it is theirs.
  const isOwn = !holds(ctx.actor, 'orders:read') || (userId !== null && userId === actorId(ctx.actor));
  if (!isOwn) requirePermission(ctx, 'orders:return');
}
