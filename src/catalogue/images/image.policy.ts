import type { Ctx } from '../../context/context';
import { holds } from '../../context/permission';
import { type Condition, column } from '../../database/sql/binder';
import { seesAllProducts } from '../products/product.policy';

/** Returns the conditions of the images that an actor sees: those of the products that they see. */
export function visibleImages({ actor }: Pick<Ctx, 'actor'>): readonly Condition[] {
  if (seesAllProducts(actor) || holds(actor, 'images:write')) return [];
  return [
    (t) =>
      `EXISTS (SELECT 1 FROM products shown WHERE shown.id = ${column(t, 'product_id')} AND shown.status = 'active' AND shown.deleted_at IS NULL)`,
  ];
}
