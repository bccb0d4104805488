import { concurrentIndex } from './support/concurrent-index';

/* Few categories are deleted, and fewer with another object. */
export = concurrentIndex({ name: 'categories_deleted_with_idx', on: 'categories (deleted_with) WHERE deleted_with IS NOT NULL' });
