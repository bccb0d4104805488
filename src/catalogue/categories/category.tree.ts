import type { TxContext } from '../../context/context';
import { queryAll, queryOne } from '../../database/sql/statement';
import { requireLive } from '../../resource/write/require-live';
import { categoryCycle, categoryTooDeep } from '../problems';
import { Category } from './category.model';

/** Where a category stands: the ids from the top down to itself, and how many lie above it. */
export interface Place {
  readonly path: string;
  readonly level: number;
}

const MAX_LEVEL = 50;

/**
 * The place of a category below a parent (at the top, without one); throws `invalid_body` (422) where the parent is
 * not there, `category_too_deep` (409) where it lies at the bottom.
 */
export async function placeBelow(tx: TxContext, id: string, parentId: string | null | undefined): Promise<Place> {
  if (parentId === null || parentId === undefined) return { path: `/${id}/`, level: 0 };
  await requireLive(tx, Category, parentId, 'parentId');
  const parent = await queryOne<Place>(tx, { text: 'SELECT path, level FROM categories WHERE id = $1', values: [parentId] });
  if (!parent) throw new Error(`category ${parentId} is gone though its row is locked`);
  requireDepth(parent.level + 1);
  return { path: `${parent.path}${id}/`, level: parent.level + 1 };
}

/**
 * Moves a category with everything below it, in one statement: a trigger checks after each statement that every path follows its
 * parent. Call it under the lock of the category tree. Throws `category_cycle` (409) or `category_too_deep` (409).
 */
export async function moveSubtree(tx: TxContext, category: Category, parentId: string | null): Promise<void> {
  const { path, level } = await placeBelow(tx, category.id, parentId);
  if (path.startsWith(category.path) && path !== category.path) {
    throw categoryCycle.because('The new parent lies inside the category.');
  }
  const depth = await queryOne<{ deepest: number }>(tx, {
    text: 'SELECT max(level) AS deepest FROM categories WHERE path LIKE $1',
    values: [`${category.path}%`],
  });
  requireDepth((depth?.deepest ?? 0) + level - category.level);
  await queryAll(tx, {
    text: `UPDATE categories SET path = $1 || substr(path, length($2) + 1), level = level + $3,
      parent_id = CASE WHEN id = $4::uuid THEN $5::uuid ELSE parent_id END WHERE path LIKE $6`,
    values: [path, category.path, level - category.level, category.id, parentId, `${category.path}%`],
  });
}

function requireDepth(level: number): void {
  if (level > MAX_LEVEL) throw categoryTooDeep.because(`Categories lie at most ${MAX_LEVEL} levels below the top.`);
}
