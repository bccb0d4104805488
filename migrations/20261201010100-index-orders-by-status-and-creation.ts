import { concurrentIndex } from './support/concurrent-index';

export = concurrentIndex({ name: 'orders_status_created_at_idx', on: 'orders (status, created_at, id)' });
