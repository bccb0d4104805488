import { requirePermission } from '../../context/permission';
import { requireLive, requireLiveParent } from '../../resource/write/require-live';
import type { WriteHooks } from '../../resource/write/write-hooks';
import { Category } from '../categories/category.model';
import { categories } from '../categories/category.resource';

/** The write hooks of products: require a live category, and `stock:write` for an opening stock. */
export const productHooks: WriteHooks = {
  lockedReferences: ['categoryId'],

  beforeCreate: async (tx, values) => {
    if (Number(values.stockQuantity ?? 0) > 0) requirePermission(tx, 'stock:write');
    await requireLive(tx, Category, values.categoryId, 'categoryId');
    return values;
  },
  beforeChange: async (tx, _row, changes) => {
    await requireLive(tx, Category, changes.categoryId, 'categoryId');
    return changes;
  },
  beforeRestore: async (tx, row) => {
    await requireLiveParent(tx, categories, row.get('categoryId'));
  },
};
