import type { Actor, Ctx } from '../../context/context';
import { holds } from '../../context/permission';
import { type Condition, column } from '../../database/sql/binder';

/** Returns whether the actor sees products that are not for sale: staff who read all products, or write them. */
export function seesAllProducts(actor: Actor): boolean {
  return holds(actor, 'products:read') || holds(actor, 'products:write');
}

/* Written out: of a parameter, a plan for any values would expect few rows, and read the index on the status whole. */
const isActive: Condition = (t) => `${column(t, 'status')} = 'active'`;

/** Returns the conditions of the products that an actor sees: all for staff, active ones for everybody else. */
export function visibleProducts({ actor }: Pick<Ctx, 'actor'>): readonly Condition[] {
  return seesAllProducts(actor) ? [] : [isActive];
}
