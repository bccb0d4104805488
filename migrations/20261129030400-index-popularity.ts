import { concurrentIndex } from './support/concurrent-index';

export = concurrentIndex({ name: 'products_popularity_idx', on: 'products (popularity, id) WHERE deleted_at IS NULL' });
