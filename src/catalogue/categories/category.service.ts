import type { Ctx, TxContext } from '../../context/context';
import type { Condition } from '../../database/sql/binder';
import type { Conditions } from '../../http/endpoint';
import type { Reply } from '../../http/output/reply';
import type { ListQuery } from '../../resource/query/list-query';
import { ResourceService } from '../../resource/resource.service';
import { categoryHooks } from './category.hooks';
import { categories } from './category.resource';
import { ancestorsOf, descendantsOf } from './tree/relatives';
import { type Destination, moveTo } from './tree/writes/move-category';

export { readIntegrity, repairTree } from './tree/integrity/tree-integrity';
export { streamTree } from './tree/stream-tree';
export { reorderCategories } from './tree/writes/reorder-categories';

class CategoryService extends ResourceService {
  /** Returns one page of the list; the children of one parent come in their order unless `sort` says otherwise. */
  override list(ctx: Ctx, query: ListQuery, path?: string, conditions?: readonly Condition[]): Promise<Reply> {
    const isOfParent = query.parentId !== undefined || query['parentId[isnull]'] === true;
    return super.list(ctx, isOfParent && query.sort === undefined ? { ...query, sort: 'position' } : query, path, conditions);
  }
}

/** Manages categories; a patch of `parentId` moves the whole subtree. */
export const categoryService = new CategoryService(categories, categoryHooks);

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
 * Moves a category and its subtree below a parent, or to the top level without one, to a place among the subcategories there, and returns
 * the reply with it. Throws `not_found` (404), `precondition_failed` (412), `invalid_body` (422), `category_cycle` or `category_too_deep` (409).
 */
export function moveCategory(tx: TxContext, id: string, destination: Destination, conditions: Conditions): Promise<Reply> {
  return moveTo(tx, categoryService, id, destination, conditions);
}
