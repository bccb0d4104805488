import { refuseOrphans, refuseUnknown } from '../../resource/write/checks/refuse-dead-references';
import type { WriteHooks } from '../../resource/write/write-hooks';
import { Category } from '../categories/category.model';
import { categories } from '../categories/category.resource';
import { checkProductsToDelete, deleteProducts } from './deletion/delete-with-products';
import { checkProductsToRestore, restoreCompanions } from './deletion/restore-with-products';
import { completeProducts, refuseUsedOptions } from './options/change-options';

/**
 * The write hooks of product groups: require a live category, keep the options that products have, and delete and restore the products
 * with their group.
 */
export const productGroupHooks: WriteHooks = {
  lockedReferences: ['categoryId'],

  beforeCreate: async (tx, writes) => {
    await refuseUnknown(tx, Category, writes, 'categoryId');
  },
  beforeChange: async (tx, writes) => {
    await refuseUnknown(tx, Category, writes, 'categoryId');
    await refuseUsedOptions(tx, writes);
  },
  beforeDelete: checkProductsToDelete,
  beforeRestore: async (tx, writes) => {
    await refuseOrphans(tx, categories, writes, 'categoryId');
    await checkProductsToRestore(tx, writes);
  },
  afterWrite: async (tx, writes) => {
    await completeProducts(tx, writes);
    await deleteProducts(tx, writes);
    await restoreCompanions(tx, writes);
  },
};
