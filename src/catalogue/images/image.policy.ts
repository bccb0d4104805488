import type { Ctx } from '../../context/context';
import { holds } from '../../context/permission';
import { type Condition, column } from '../../database/sql/binder';
import { seesAllProducts } from '../products/product.policy';

/** Returns the conditions of the images that an actor sees: those of the products that they see, and of the groups with such a product. */
export function visibleImages({ actor }: Pick<Ctx, 'actor'>): readonly Condition[] {
  if (seesAllProducts(actor) || holds(actor, 'images:write')) return [];
  return [(t) => `(${shows('id', column(t, 'product_id'))} OR ${shows('group_id', column(t, 'group_id'))})`];
}

function shows(own: string, owner: string): string {
  return `EXISTS (SELECT 1 FROM products shown WHERE shown.${own} = ${owner} AND shown.status = 'active' AND shown.deleted_at IS NULL)`;
}
