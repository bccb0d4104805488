import { requireLive } from '../../resource/write/require-live';
import type { WriteHooks } from '../../resource/write/write-hooks';
import { Product } from '../products/product.model';

/** The write hooks of images: require a live product. */
export const imageHooks: WriteHooks = {
  beforeCreate: async (tx, values) => {
    await requireLive(tx, Product, values.productId, 'productId');
    return values;
  },
  beforeChange: async (tx, _row, changes) => {
    await requireLive(tx, Product, changes.productId, 'productId');
    return changes;
  },
  beforeRestore: async (tx, row) => {
    await requireLive(tx, Product, row.get('productId'), 'productId');
  },
};
