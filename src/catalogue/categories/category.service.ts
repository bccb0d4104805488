import type { Ctx, TxContext } from '../../context/context';
import type { Conditions } from '../../http/endpoint';
import { JsonText, type Reply } from '../../http/output/reply';
import { ResourceService } from '../../resource/resource.service';
import { categoryHooks } from './category.hooks';
import { categories } from './category.resource';
import { readRelatives } from './tree/tree.queries';

export { readTree } from './tree/read-tree';

/** Manages categories; a patch of `parentId` moves the whole subtree. */
export const categoryService = new ResourceService(categories, categoryHooks);

/** Returns the ancestors of a category, from the top down; throws `not_found` (404). */
export async function listAncestors(ctx: Ctx, id: string): Promise<JsonText> {
  return new JsonText(await readRelatives(ctx, id, 'ancestors'));
}

/** Returns the descendants of a category, each after its parent; throws `not_found` (404). */
export async function listDescendants(ctx: Ctx, id: string): Promise<JsonText> {
  return new JsonText(await readRelatives(ctx, id, 'descendants'));
}

/**
 * Moves a category and its subtree below a parent, or to the top level without one, and returns the reply with it. Throws `not_found`
 * (404), `precondition_failed` (412), `invalid_body` (422), `category_cycle` or `category_too_deep` (409).
 */
export function moveCategory(tx: TxContext, id: string, parentId: string | null, conditions: Conditions): Promise<Reply> {
  return categoryService.patch(tx, id, { parentId }, conditions);
}
