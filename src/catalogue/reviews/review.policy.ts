import type { Ctx } from '../../context/context';
import { actorId, holds } from '../../context/permission';
import { type Bind, type Condition, column } from '../../database/sql/binder';
import { seesAllProducts } from '../products/product.policy';

/** Returns the conditions of the reviews that an actor sees: published ones of the products that they see, and their own. */
export function visibleReviews({ actor }: Pick<Ctx, 'actor'>): readonly Condition[] {
  if (seesAllReviews({ actor })) return [];
  const shown = (t: string) => `${column(t, 'status')} = 'published'${seesAllProducts(actor) ? '' : ` AND ${ofShownProduct(t)}`}`;
  const id = actorId(actor);
  if (id === null) return [shown];
  return [(t: string, bind: Bind) => `((${shown(t)}) OR ${column(t, 'author_id')} = ${bind(id, 'uuid')})`];
}

/** Returns whether the actor sees every review: staff who read them, or moderate. */
export function seesAllReviews({ actor }: Pick<Ctx, 'actor'>): boolean {
  return holds(actor, 'reviews:read') || holds(actor, 'reviews:write');
}

/* A probe of the primary key for each review of the page: for an EXISTS PostgreSQL may make a hash of all products. */
function ofShownProduct(t: string): string {
  return `(SELECT shown.status = 'active' AND shown.deleted_at IS NULL FROM products shown WHERE shown.id = ${column(t, 'product_id')} LIMIT 1)`;
}
