import type { TxContext } from '../../../context/context';
import { requireLive } from '../../../resource/write/require-live';
import { categoryTooDeep } from '../../problems';
import { Category } from '../category.model';

/** The position of a category in the tree: the ids from the top down to itself, and the number of its ancestors. */
export interface CategoryPosition {
  readonly path: string;
  readonly level: number;
}

const MAX_LEVEL = 50;

/**
 * Returns the position of a category below a parent, or at the top without one. Throws `invalid_body` (422) where the parent does not
 * exist, `category_too_deep` (409).
 */
export async function positionBelow(tx: TxContext, id: string, parentId: string | null | undefined): Promise<CategoryPosition> {
  const parent = await requireLive(tx, Category, parentId, 'parentId');
  if (!parent) return { path: `/${id}/`, level: 0 };
  requireDepth(parent.level + 1);
  return { path: `${parent.path}${id}/`, level: parent.level + 1 };
}

/** Throws `category_too_deep` (409) for a level below the deepest. */
export function requireDepth(level: number): void {
  if (level > MAX_LEVEL) throw categoryTooDeep.because(`The tree has at most ${MAX_LEVEL} levels below the top.`);
}
