import type { Model } from 'sequelize';
import { v7 } from 'uuid';
import type { TxContext } from '../../context/context';
import { takeAdvisoryLock } from '../../database/locks';
import { queryOne } from '../../database/sql/statement';
import { inUse } from '../../problems/common-problems';
import { requireLive } from '../../resource/write/require-live';
import { slugHooks } from '../../resource/write/slug';
import type { WriteHooks } from '../../resource/write/write-hooks';
import { Category } from './category.model';
import { moveSubtree, placeBelow } from './category.tree';

/** What a write on a category takes care of: one writer of the tree at a time, its path and level, its slug. */
export const categoryHooks: WriteHooks = {
  lockFirst: (tx) => takeAdvisoryLock(tx, 'categoryTree'),

  beforeCreate: async (tx, values) => {
    const id = String(values.id ?? v7());
    const place = await placeBelow(tx, id, values.parentId as string | null | undefined);
    return { ...((await slugHooks.beforeCreate?.(tx, values)) ?? values), ...place, id };
  },

  beforeChange: async (tx, row, changes) => {
    const completed = (await slugHooks.beforeChange?.(tx, row, changes)) ?? changes;
    if (!('parentId' in completed) || completed.parentId === row.get('parentId')) return completed;
    const { parentId, ...others } = completed;
    await moveSubtree(tx, row as Category, parentId as string | null);
    return others;
  },

  beforeDelete: async (tx, row) => refuseInUse(tx, row),

  beforeRestore: (tx, row) => requireLive(tx, Category, row.get('parentId'), 'parentId'),
};

async function refuseInUse(tx: TxContext, row: Model): Promise<void> {
  const text =
    'SELECT (SELECT count(*) FROM categories WHERE parent_id = $1 AND deleted_at IS NULL) AS children, ' +
    '(SELECT count(*) FROM products WHERE category_id = $1 AND deleted_at IS NULL) AS products';
  const counts = await queryOne<{ children: string; products: string }>(tx, { text, values: [row.get('id')] });
  if (counts === null || (counts.children === '0' && counts.products === '0')) return;
  throw inUse.because(`The category holds ${counts.children} categories and ${counts.products} products; move those first.`);
}
