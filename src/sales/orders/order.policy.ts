import type { Actor, Ctx } from '../../context/context';
import { actorId, guestTokenHash, holds, type Permission, requirePermission } from '../../context/permission';
import { type Condition, column } from '../../database/sql/binder';
import { secondPersonRequired } from '../problems';
import type { Order } from './order.model';

/** Returns the conditions of what an actor sees: guests the order of their cart, customers their own orders, staff with `orders:read` all. */
export function visibleOrders({ actor }: Pick<Ctx, 'actor'>): readonly Condition[] {
  return holds(actor, 'orders:read') ? [] : [ownOrders(actor)];
}

/** Returns the conditions of rows that belong to an order: an actor who sees the order, or holds the permission, sees them. */
export function visibleWithOrder({ actor }: Pick<Ctx, 'actor'>, permission: Permission = 'orders:read'): readonly Condition[] {
  if (holds(actor, permission)) return [];
  const isOwn = ownOrders(actor);
  return [(t, bind) => `EXISTS (SELECT FROM orders own WHERE own.id = ${column(t, 'order_id')} AND ${isOwn('own', bind)})`];
}

/* An order of a guest has no token of its own: whoever has that of the cart has the order, until a user takes both over. */
function ownOrders(actor: Actor): Condition {
  const hash = guestTokenHash(actor);
  if (hash === null) return (t, bind) => `${column(t, 'user_id')} = ${bind(actorId(actor), 'uuid')}`;
  return (t, bind) => `${column(t, 'id')} IN (SELECT made.order_id FROM carts made WHERE made.guest_token_hash = ${bind(hash, 'text')})`;
}

/** Returns a check that throws `second_person_required` (403) where the order is the actor's own: nobody settles their own money. */
export function requireOthersOrder(task: 'mark orders as paid' | 'refund orders') {
  return ({ actor }: Pick<Ctx, 'actor'>, { userId }: Pick<Order, 'userId'>): void => {
    if (userId !== null && userId === actorId(actor))
      throw secondPersonRequired.because(`This order is your own. Ask a colleague who may ${task}.`);
  };
}

/** Throws `forbidden` (403) unless the order is the actor's own, or the actor holds `orders:cancel`. */
export function requireCancel(ctx: Ctx, order: Order): void {
  // A guest sees no other order than the own.
  const isOwn = order.userId === null ? guestTokenHash(ctx.actor) !== null : order.userId === actorId(ctx.actor);
  if (!isOwn) requirePermission(ctx, 'orders:cancel');
}
