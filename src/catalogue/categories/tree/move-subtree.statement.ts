import type { TxContext } from '../../../context/context';
import { queryAll } from '../../../database/sql/statement';
import type { Category } from '../category.model';
import type { CategoryPosition } from './category-position';

/*
 * One statement for the category and all of its descendants: the trigger that guards the tree checks after each statement that every
 * path follows its parent. Deleted descendants move along, so that they can be restored.
 */
const MOVE_SUBTREE = `
  UPDATE categories SET path = $1 || substr(path, length($2) + 1), level = level + $3,
    parent_id = CASE WHEN id = $4::uuid THEN $5::uuid ELSE parent_id END
  WHERE path LIKE $6`;

/** Writes the new positions of a whole subtree. */
export async function moveSubtree(
  tx: TxContext,
  { id, path, level }: Category,
  parentId: string | null,
  to: CategoryPosition,
): Promise<void> {
  await queryAll(tx, { text: MOVE_SUBTREE, values: [to.path, path, to.level - level, id, parentId, `${path}%`] });
}
