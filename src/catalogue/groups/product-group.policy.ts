import type { Ctx } from '../../context/context';
import { holds } from '../../context/permission';
import { type Condition, column } from '../../database/sql/binder';
import { seesAllProducts } from '../products/product.policy';

/** Returns the conditions of the groups that an actor sees: all for staff, those with an active product for everybody else. */
export function visibleGroups({ actor }: Pick<Ctx, 'actor'>): readonly Condition[] {
  if (seesAllProducts(actor) || holds(actor, 'product-groups:read') || holds(actor, 'product-groups:write')) return [];
  return [
    (t) =>
      `EXISTS (SELECT 1 FROM products shown WHERE shown.group_id = ${column(t, 'id')} AND shown.status = 'active' AND shown.deleted_at IS NULL)`,
  ];
}
