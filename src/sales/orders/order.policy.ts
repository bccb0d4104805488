import type { Ctx } from '../../context/context';
import { actorId, holds, requirePermission } from '../../context/permission';
import { type Condition, column } from '../../database/sql/binder';
import type { Order } from './order.model';

/** Customers see their own orders; whoever may read orders sees all. */
export function shownOrders({ actor }: Pick<Ctx, 'actor'>): readonly Condition[] {
  return holds(actor, 'orders:read') ? [] : [(t, bind) => `${column(t, 'user_id')} = ${bind(actorId(actor), 'uuid')}`];
}

/** What belongs to an order is seen by whoever sees the order. */
export function shownWithOrder({ actor }: Pick<Ctx, 'actor'>): readonly Condition[] {
  if (holds(actor, 'orders:read')) return [];
  return [
    (t, bind) =>
      `EXISTS (SELECT FROM orders own WHERE own.id = ${column(t, 'order_id')} AND own.user_id = ${bind(actorId(actor), 'uuid')})`,
  ];
}

/** Customers cancel their own orders; staff with `orders:cancel` any. */
export function requireCancel(ctx: Ctx, order: Order): void {
  if (order.userId !== actorId(ctx.actor)) requirePermission(ctx, 'orders:cancel');
}
