import { requirePermission } from '../../context/permission';
import { refuseOrphans, refuseUnknown } from '../../resource/write/checks/refuse-dead-references';
import type { WriteHooks } from '../../resource/write/write-hooks';
import { Category } from '../categories/category.model';
import { categories } from '../categories/category.resource';
import { productGroups } from '../groups/product-group.resource';
import { checkRestoredVariants, checkVariants } from '../groups/variants/check-variants';
import { refuseBelowSales } from '../prices/changes/refuse-below-sales';
import { refuseMissingSafety } from './safety/refuse-missing-safety';

/** The write hooks of products: require a live category, option values that fit the group, and `stock:write` for an opening stock. */
export const productHooks: WriteHooks = {
  lockedReferences: ['categoryId', 'groupId'],

  beforeCreate: async (tx, writes) => {
    for (const write of writes) {
      if (Number(write.values.stockQuantity ?? 0) > 0) write.check(() => requirePermission(tx, 'stock:write'));
    }
    refuseMissingSafety(tx, writes);
    await refuseUnknown(tx, Category, writes, 'categoryId');
    await checkVariants(tx, writes);
  },
  beforeChange: async (tx, writes) => {
    refuseMissingSafety(tx, writes);
    await refuseBelowSales(tx, writes);
    await refuseUnknown(tx, Category, writes, 'categoryId');
    await checkVariants(tx, writes);
  },
  beforeRestore: async (tx, writes) => {
    refuseMissingSafety(tx, writes);
    await refuseOrphans(tx, categories, writes, 'categoryId');
    await refuseOrphans(tx, productGroups, writes, 'groupId');
    await checkRestoredVariants(tx, writes);
  },
};
