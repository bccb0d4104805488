import type { Ctx } from '../../context/context';
import { holds } from '../../context/permission';
import { type Condition, column } from '../../database/sql/binder';
import { seesAllProducts } from '../products/product.policy';

/** Returns the conditions of the images that an actor sees: those of the products that they see, and of the groups with such a product. */
export function visibleImages({ actor }: Pick<Ctx, 'actor'>): readonly Condition[] {
  if (seesAllProducts(actor) || holds(actor, 'images:write')) return [];
  return [(t) => `(${shows('id', column(t, 'product_id'))} OR ${shows('group_id', column(t, 'group_id'))})`];
}

/*
 * Not EXISTS: beside OR, PostgreSQL expects to try every image, whatever the page, and so makes a hash of all active products first. A
 * sub-select with a value is tried for the rows that a page reads.
 */
function shows(own: string, owner: string): string {
  return `(SELECT true FROM products shown WHERE shown.${own} = ${owner} AND shown.status = 'active' AND shown.deleted_at IS NULL LIMIT 1)`;
}
