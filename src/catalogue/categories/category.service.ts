import type { Ctx } from '../../context/context';
import { JsonText } from '../../http/output/reply';
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

/** Returns everything below a category, in the order of the tree; throws `not_found` (404). */
export async function listDescendants(ctx: Ctx, id: string): Promise<JsonText> {
  return new JsonText(await readRelatives(ctx, id, 'descendants'));
}
