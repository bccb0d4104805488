import { refuseOrphans, refuseUnknown } from '../../resource/write/checks/refuse-dead-references';
import type { WriteHooks } from '../../resource/write/write-hooks';
import { Category } from '../categories/category.model';
import { categories } from '../categories/category.resource';

/** The write hooks of product groups: require a live category. */
export const productGroupHooks: WriteHooks = {
  lockedReferences: ['categoryId'],

  beforeCreate: async (tx, writes) => {
    await refuseUnknown(tx, Category, writes, 'categoryId');
  },
  beforeChange: async (tx, writes) => {
    await refuseUnknown(tx, Category, writes, 'categoryId');
  },
  beforeRestore: (tx, writes) => refuseOrphans(tx, categories, writes, 'categoryId'),
};
