import type { Model } from 'sequelize';
import { v7 } from 'uuid';
import { takeAdvisoryLock } from '../../database/locks';
import { runForOne } from '../../database/sql/statement';
import type { TxContext } from '../../context/context';
import { inUse } from '../../problems/common-problems';
import type { WriteSteps } from '../../resource/definition/resource';
import { slugStep } from '../../resource/write/slug';
import { demandLive } from '../../resource/write/require-live';
import { Category } from './category.model';
import { moveSubtree, placeBelow } from './category.tree';

/** What a write on a category takes care of: one writer of the tree at a time, its path and level, its slug. */
export const categorySteps: WriteSteps = {
  lockFirst: (tx) => takeAdvisoryLock(tx, 'categoryTree'),

  beforeCreate: async (tx, values) => {
    const id = String(values.id ?? v7());
    const place = await placeBelow(tx, id, values.parentId as string | null | undefined);
    return { ...((await slugStep.beforeCreate?.(tx, values)) ?? values), ...place, id };
  },

  beforeChange: async (tx, row, changes) => {
    const completed = (await slugStep.beforeChange?.(tx, row, changes)) ?? changes;
    if (!('parentId' in completed) || completed.parentId === row.get('parentId')) return completed;
    return { ...completed, ...(await moveSubtree(tx, row as Category, completed.parentId as string | null)) };
  },

  beforeDelete: async (tx, row) => refuseInUse(tx, row),

  beforeRestore: (tx, row) => demandLive(tx, Category, row.get('parentId'), 'parentId'),
};

async function refuseInUse(tx: TxContext, row: Model): Promise<void> {
  const text =
    'SELECT (SELECT count(*) FROM categories WHERE parent_id = $1 AND deleted_at IS NULL) AS children, ' +
    '(SELECT count(*) FROM products WHERE category_id = $1 AND deleted_at IS NULL) AS products';
  const counts = await runForOne<{ children: string; products: string }>(tx, { text, values: [row.get('id')] });
  if (counts === null || (counts.children === '0' && counts.products === '0')) return;
  throw inUse.because(`The category holds ${counts.children} categories and ${counts.products} products; move those first.`);
}
