import { concurrentIndex } from './support/concurrent-index';

/* Whoever mirrors the books asks for what changed since; refunds are rarely written. */
export = concurrentIndex({ name: 'refunds_updated_at_idx', on: 'refunds (updated_at, id)' });
