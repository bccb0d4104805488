import { requireLive, requireLiveParent } from '../../resource/write/require-live';
import type { WriteHooks } from '../../resource/write/write-hooks';
import { Product } from '../products/product.model';
import { products } from '../products/product.resource';

/** The write hooks of images: require a live product. */
export const imageHooks: WriteHooks = {
  lockedReferences: ['productId'],

  beforeCreate: async (tx, values) => {
    await requireLive(tx, Product, values.productId, 'productId');
    return values;
  },
  beforeChange: async (tx, _row, changes) => {
    await requireLive(tx, Product, changes.productId, 'productId');
    return changes;
  },
  beforeRestore: async (tx, row) => {
    await requireLiveParent(tx, products, row.get('productId'));
  },
};
