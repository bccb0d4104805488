import { requirePermission } from '../../context/permission';
import { requireLive } from '../../resource/write/require-live';
import { slugHooks } from '../../resource/write/slug';
import type { WriteHooks } from '../../resource/write/write-hooks';
import { Category } from '../categories/category.model';

/** The write hooks of products: derive the slug, require a live category, and `stock:write` for an opening stock. */
export const productHooks: WriteHooks = {
  beforeCreate: async (tx, values) => {
    if (Number(values.stockQuantity ?? 0) > 0) requirePermission(tx, 'stock:write');
    await requireLive(tx, Category, values.categoryId, 'categoryId');
    return (await slugHooks.beforeCreate?.(tx, values)) ?? values;
  },
  beforeChange: async (tx, row, changes) => {
    await requireLive(tx, Category, changes.categoryId, 'categoryId');
    return (await slugHooks.beforeChange?.(tx, row, changes)) ?? changes;
  },
  beforeRestore: async (tx, row) => {
    await requireLive(tx, Category, row.get('categoryId'), 'categoryId');
  },
};
