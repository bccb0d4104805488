import { concurrentIndex } from './support/concurrent-index';

/* A shop features few of its products; the others need no entry. */
export = concurrentIndex({ name: 'products_featured_idx', on: 'products (created_at, id) WHERE featured AND deleted_at IS NULL' });
