import type { Ctx } from '../../context/context';
import { holds } from '../../context/permission';
import { type Condition, column } from '../../database/sql/binder';

/** Returns the conditions of what an actor sees: buyers the active methods, staff with `shipping-methods:read` all. */
export function visibleMethods({ actor }: Pick<Ctx, 'actor'>): readonly Condition[] {
  return holds(actor, 'shipping-methods:read') ? [] : [(t) => column(t, 'is_active')];
}
