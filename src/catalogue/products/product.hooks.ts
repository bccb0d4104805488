import { requirePermission } from '../../context/permission';
import { refuseOrphans, refuseUnknown } from '../../resource/write/checks/refuse-dead-references';
import type { WriteHooks } from '../../resource/write/write-hooks';
import { Category } from '../categories/category.model';
import { categories } from '../categories/category.resource';
import { refuseMissingSafety } from './safety/refuse-missing-safety';

/** The write hooks of products: require a live category, and `stock:write` for an opening stock. */
export const productHooks: WriteHooks = {
  lockedReferences: ['categoryId'],

  beforeCreate: async (tx, writes) => {
    for (const write of writes) {
      if (Number(write.values.stockQuantity ?? 0) > 0) write.check(() => requirePermission(tx, 'stock:write'));
    }
    refuseMissingSafety(tx, writes);
    await refuseUnknown(tx, Category, writes, 'categoryId');
  },
  beforeChange: async (tx, writes) => {
    refuseMissingSafety(tx, writes);
    await refuseUnknown(tx, Category, writes, 'categoryId');
  },
  beforeRestore: async (tx, writes) => {
    refuseMissingSafety(tx, writes);
    await refuseOrphans(tx, categories, writes, 'categoryId');
  },
};
