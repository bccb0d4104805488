import { concurrentIndex } from './support/concurrent-index';

export = concurrentIndex({ name: 'product_images_media_id_idx', on: 'product_images (media_id)' });
