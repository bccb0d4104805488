import { requireLive } from '../../resource/write/require-live';
import { slugHooks } from '../../resource/write/slug';
import type { WriteHooks } from '../../resource/write/write-hooks';
import { Category } from '../categories/category.model';

/** What a write on a product takes care of: its slug, and that its category exists. */
export const productHooks: WriteHooks = {
  beforeCreate: async (tx, values) => {
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
