import { ResourceService } from '../../resource/resource.service';
import { requireLive } from '../../resource/write/require-live';
import type { WriteHooks } from '../../resource/write/write-hooks';
import { Product } from '../products/product.model';
import { images } from './image.resource';

/* A picture's product lives: when it is made, given to another product or restored. */
const imageHooks: WriteHooks = {
  beforeCreate: async (tx, values) => {
    await requireLive(tx, Product, values.productId, 'productId');
    return values;
  },
  beforeChange: async (tx, _row, changes) => {
    await requireLive(tx, Product, changes.productId, 'productId');
    return changes;
  },
  beforeRestore: (tx, row) => requireLive(tx, Product, row.get('productId'), 'productId'),
};

/** Manages the pictures of products. */
export const imageService = new ResourceService(images, imageHooks);
