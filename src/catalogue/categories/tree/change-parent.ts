import { Op } from 'sequelize';
import type { TxContext } from '../../../context/context';
import { categoryCycle } from '../../problems';
import { Category } from '../category.model';
import { positionBelow, requireDepth } from './category-position';
import { moveSubtree } from './move-subtree.statement';

/**
 * Moves a category with everything below it. Call it under the lock of the category tree. Throws `invalid_body` (422) where the parent
 * does not exist, `category_cycle` or `category_too_deep` (409).
 */
export async function changeParent(tx: TxContext, category: Category, parentId: string | null): Promise<void> {
  const position = await positionBelow(tx, category.id, parentId);
  if (position.path.startsWith(category.path) && position.path !== category.path) {
    throw categoryCycle.because('A category cannot move into itself or its own subtree.');
  }
  const inside = { path: { [Op.startsWith]: category.path } };
  const deepest = await Category.max<number, Category>('level', { where: inside, paranoid: false, transaction: tx.transaction });
  requireDepth(deepest + position.level - category.level);
  await moveSubtree(tx, category, parentId, position);
}
