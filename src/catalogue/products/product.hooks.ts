import { requirePermission } from '../../context/permission';
import { refuseOrphans, refuseUnknown } from '../../resource/write/checks/refuse-dead-references';
import type { WriteHooks } from '../../resource/write/write-hooks';
import { Category } from '../categories/category.model';
import { categories } from '../categories/category.resource';

/** The write hooks of products: require a live category, and `stock:write` for an opening stock. */
export const productHooks: WriteHooks = {
  lockedReferences: ['categoryId'],

  beforeCreate: async (tx, writes) => {
    for (const write of writes) {
      if (Number(write.values.stockQuantity ?? 0) > 0) write.check(() => requirePermission(tx, 'stock:write'));
    }
    await refuseUnknown(tx, Category, writes, 'categoryId');
  },
  beforeChange: async (tx, writes) => {
    await refuseUnknown(tx, Category, writes, 'categoryId');
  },
  beforeRestore: (tx, writes) => refuseOrphans(tx, categories, writes, 'categoryId'),
};
