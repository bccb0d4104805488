import { concurrentIndex } from './support/concurrent-index';

/* Whoever mirrors the catalogue asks for what changed since. */
export = concurrentIndex({ name: 'product_images_updated_at_idx', on: 'product_images (updated_at, id) WHERE deleted_at IS NULL' });
