import type { Model, ModelStatic } from 'sequelize';
import type { TxContext } from '../../../../context/context';
import { requirePermission } from '../../../../context/permission';
import { queryAll } from '../../../../database/sql/statement';
import { invalidParameters } from '../../../../problems/common-problems';
import { lockLive } from '../../../../resource/write/checks/refuse-dead-references';
import type { LockedWrite } from '../../../../resource/write/pending-write';
import { ProductGroup } from '../../../groups/product-group.model';
import { categoryCycle } from '../../../problems';
import { Product } from '../../../products/product.model';
import { Category } from '../../category.model';
import { tooDeep } from '../tree-problems';
import { impossibleMoves, type Move, moveSubtrees } from '../writes/move-subtrees.statement';

/* In the order in which their rows are locked. */
const FILED: readonly (readonly [model: () => ModelStatic<Model>, permission: `${string}:${string}`])[] = [
  [() => ProductGroup, 'product-groups:write'],
  [() => Product, 'products:write'],
];

/**
 * Moves what a category holds to another one: its subcategories behind those of the other, in their order, its product groups and its
 * products, deleted ones included, so that they can be restored. Refuses a target that does not exist (`invalid_parameters`, 400), is the
 * category itself or below it (`category_cycle`, 409), or is too deep (`category_too_deep`, 409). Throws `forbidden` (403) unless the actor
 * may write the products and groups that there are.
 */
export async function reassignCategory(tx: TxContext, write: LockedWrite, targetId: string): Promise<void> {
  const target = (await lockLive(tx, Category, [targetId])).get(targetId);
  if (!target) {
    const message = 'reassignTo refers to a category that does not exist';
    return write.refuse(invalidParameters.because(message, { errors: [{ pointer: 'reassignTo', code: 'unknown_reference', message }] }));
  }
  if (target.path.startsWith(String(write.row.get('path')))) {
    return write.refuse(categoryCycle.because('reassignTo must be a category outside of the one that is deleted and of its subtree.'));
  }
  const moves = await movesOf(tx, write.id, targetId);
  if (moves.length > 0) {
    if ((await impossibleMoves(tx, moves)).deep.size > 0) return write.refuse(tooDeep());
    await moveSubtrees(tx, moves);
  }
  for (const [model, permission] of FILED) {
    const [count] = await model().update(
      { categoryId: targetId },
      { where: { categoryId: write.id }, paranoid: false, transaction: tx.transaction },
    );
    if (count > 0) requirePermission(tx, permission);
  }
}

/* The subcategories in their order, with positions behind those of the target. */
function movesOf(tx: TxContext, id: string, targetId: string): Promise<Move[]> {
  const text = `SELECT c.id::text AS id, $2::uuid::text AS "parentId", (
      coalesce((SELECT max(t.position) FROM categories t WHERE t.parent_id = $2::uuid), -1) + row_number() OVER (ORDER BY c.position, c.id)
    )::int AS position
    FROM categories c WHERE c.parent_id = $1::uuid`;
  return queryAll<Move & Record<string, unknown>>(tx, { text, values: [id, targetId] });
}
