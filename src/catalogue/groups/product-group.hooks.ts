import { refuseOrphans, refuseUnknown } from '../../resource/write/checks/refuse-dead-references';
import type { WriteHooks } from '../../resource/write/write-hooks';
import { Category } from '../categories/category.model';
import { categories } from '../categories/category.resource';
import { productService } from '../products/product.service';
import { completeProducts, refuseUsedOptions } from './options/change-options';
import { productsOf } from './variants/variant.queries';

/**
 * The write hooks of product groups: require a live category, keep the options that products have, and delete and restore the products
 * with their group.
 */
export const productGroupHooks: WriteHooks = {
  lockedReferences: ['categoryId'],
  takesAlong: () => [{ managed: productService, find: productsOf }],

  beforeCreate: async (tx, writes) => {
    await refuseUnknown(tx, Category, writes, 'categoryId');
  },
  beforeChange: async (tx, writes) => {
    await refuseUnknown(tx, Category, writes, 'categoryId');
    await refuseUsedOptions(tx, writes);
  },
  beforeRestore: (tx, writes) => refuseOrphans(tx, categories, writes, 'categoryId'),
  afterWrite: completeProducts,
};
