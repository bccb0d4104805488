import { refuseOrphans, refuseUnknown } from '../../resource/write/checks/refuse-dead-references';
import type { WriteHooks } from '../../resource/write/write-hooks';
import { Product } from '../products/product.model';
import { products } from '../products/product.resource';

/** The write hooks of images: require a live product. */
export const imageHooks: WriteHooks = {
  lockedReferences: ['productId'],

  beforeCreate: async (tx, writes) => {
    await refuseUnknown(tx, Product, writes, 'productId');
  },
  beforeChange: async (tx, writes) => {
    await refuseUnknown(tx, Product, writes, 'productId');
  },
  beforeRestore: (tx, writes) => refuseOrphans(tx, products, writes, 'productId'),
};
