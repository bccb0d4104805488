import type { Actor, Ctx } from '../../context/context';
import { holds } from '../../context/permission';
import { type Condition, equals } from '../../database/sql/binder';

/** Whether the actor sees products that are not for sale: whoever reads them all, or writes them. */
export function seesAllProducts(actor: Actor): boolean {
  return holds(actor, 'products:read') || holds(actor, 'products:write');
}

/** Active products are for everybody; the others for whoever works on the catalogue. */
export function shownProducts({ actor }: Pick<Ctx, 'actor'>): readonly Condition[] {
  return seesAllProducts(actor) ? [] : [equals('status', 'active', 'text')];
}
