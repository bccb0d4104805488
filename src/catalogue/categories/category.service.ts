import type { Ctx, TxContext } from '../../context/context';
import type { Conditions } from '../../http/endpoint';
import type { Reply } from '../../http/output/reply';
import type { ListQuery } from '../../resource/query/list-query';
import { ResourceService } from '../../resource/resource.service';
import { categoryHooks } from './category.hooks';
import { categories } from './category.resource';
import { ancestorsOf, descendantsOf } from './tree/relatives';

export { streamTree } from './tree/stream-tree';

/** Manages categories; a patch of `parentId` moves the whole subtree. */
export const categoryService = new ResourceService(categories, categoryHooks);

/** Returns a page of the ancestors of a category, by default from the top down; throws `not_found` (404). */
export async function listAncestors(ctx: Ctx, id: string, query: ListQuery): Promise<Reply> {
  const path = `${categories.prefix}/${id}/ancestors`;
  return categoryService.list(ctx, { ...query, sort: query.sort ?? 'level' }, path, [await ancestorsOf(ctx, id)]);
}

/** Returns a page of the descendants of a category, by default each after its parent; throws `not_found` (404). */
export async function listDescendants(ctx: Ctx, id: string, query: ListQuery): Promise<Reply> {
  const path = `${categories.prefix}/${id}/descendants`;
  return categoryService.list(ctx, { ...query, sort: query.sort ?? 'path' }, path, [await descendantsOf(ctx, id)]);
}

/**
 * Moves a category and its subtree below a parent, or to the top level without one, and returns the reply with it. Throws `not_found`
 * (404), `precondition_failed` (412), `invalid_body` (422), `category_cycle` or `category_too_deep` (409).
 */
export function moveCategory(tx: TxContext, id: string, parentId: string | null, conditions: Conditions): Promise<Reply> {
  return categoryService.patch(tx, id, { parentId }, conditions);
}
