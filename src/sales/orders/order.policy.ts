import type { Ctx } from '../../context/context';
import { actorId, holds, type Permission, requirePermission } from '../../context/permission';
import { type Condition, column } from '../../database/sql/binder';
import { secondPersonRequired } from '../problems';
import type { Order } from './order.model';

/** Returns the conditions of what an actor sees: customers their own orders, staff with `orders:read` all. */
export function visibleOrders({ actor }: Pick<Ctx, 'actor'>): readonly Condition[] {
  return holds(actor, 'orders:read') ? [] : [(t, bind) => `${column(t, 'user_id')} = ${bind(actorId(actor), 'uuid')}`];
}

/** Returns the conditions of rows that belong to an order: an actor who sees the order, or holds the permission, sees them. */
export function visibleWithOrder({ actor }: Pick<Ctx, 'actor'>, permission: Permission = 'orders:read'): readonly Condition[] {
  if (holds(actor, permission)) return [];
  return [
    (t, bind) =>
      `EXISTS (SELECT FROM orders own WHERE own.id = ${column(t, 'order_id')} AND own.user_id = ${bind(actorId(actor), 'uuid')})`,
  ];
}

/** Returns a check that throws `second_person_required` (403) where the order is the actor's own: nobody settles their own money. */
export function requireOthersOrder(task: 'mark orders as paid' | 'refund orders') {
  return ({ actor }: Pick<Ctx, 'actor'>, { userId }: Pick<Order, 'userId'>): void => {
    if (userId === actorId(actor)) throw secondPersonRequired.because(`This order is your own. Ask a colleague who may ${task}.`);
  };
}

/** Throws `forbidden` (403) unless the order is the actor's own, or the actor holds `orders:cancel`. */
export function requireCancel(ctx: Ctx, order: Order): void {
  if (order.userId !== actorId(ctx.actor)) requirePermission(ctx, 'orders:cancel');
}
