import { concurrentIndex } from './support/concurrent-index';

export = concurrentIndex({ name: 'product_images_group_id_idx', on: 'product_images (group_id, display_order, id)' });
