import { concurrentIndex } from './support/concurrent-index';

export = concurrentIndex({ name: 'products_deleted_with_idx', on: 'products (deleted_with) WHERE deleted_with IS NOT NULL' });
