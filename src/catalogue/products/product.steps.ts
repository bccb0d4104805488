import type { WriteSteps } from '../../resource/definition/resource';
import { slugStep } from '../../resource/write/slug';
import { Category } from '../categories/category.model';
import { demandLive } from '../../resource/write/require-live';

/** What a write on a product takes care of: its slug, and that its category lives. */
export const productSteps: WriteSteps = {
  beforeCreate: async (tx, values) => {
    await demandLive(tx, Category, values.categoryId, 'categoryId');
    return (await slugStep.beforeCreate?.(tx, values)) ?? values;
  },
  beforeChange: async (tx, row, changes) => {
    await demandLive(tx, Category, changes.categoryId, 'categoryId');
    return (await slugStep.beforeChange?.(tx, row, changes)) ?? changes;
  },
  beforeRestore: (tx, row) => demandLive(tx, Category, row.get('categoryId'), 'categoryId'),
};
