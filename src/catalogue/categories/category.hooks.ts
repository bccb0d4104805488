import { v7 } from 'uuid';
import type { TxContext } from '../../context/context';
import { inUse } from '../../problems/common-problems';
import { requireLiveParent } from '../../resource/write/require-live';
import type { WriteHooks } from '../../resource/write/write-hooks';
import { Product } from '../products/product.model';
import { Category } from './category.model';
import { categories } from './category.resource';
import { positionBelow } from './tree/category-position';
import { changeParent } from './tree/change-parent';

/** The write hooks of categories: serialize writers of the tree, set the position, and refuse to delete a category in use. */
export const categoryHooks: WriteHooks = {
  lockFirst: 'categoryTree',

  beforeCreate: async (tx, values) => {
    const id = String(values.id ?? v7());
    const position = await positionBelow(tx, id, values.parentId as string | null | undefined);
    return { ...values, ...position, id };
  },

  beforeChange: async (tx, row, changes) => {
    if (!('parentId' in changes) || changes.parentId === row.get('parentId')) return changes;
    const { parentId, ...others } = changes;
    await changeParent(tx, row as Category, parentId as string | null);
    return others;
  },

  beforeDelete: (tx, row) => requireEmpty(tx, (row as Category).id),

  beforeRestore: async (tx, row) => {
    await requireLiveParent(tx, categories, row.get('parentId'));
  },
};

async function requireEmpty({ transaction }: TxContext, id: string): Promise<void> {
  const children = await Category.count({ where: { parentId: id }, transaction });
  const products = await Product.count({ where: { categoryId: id }, transaction });
  if (children + products === 0) return;
  throw inUse.because(`The category is in use (subcategories: ${children}, products: ${products}). Move or delete them first.`);
}
