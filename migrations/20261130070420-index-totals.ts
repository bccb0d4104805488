import { concurrentIndex } from './support/concurrent-index';

export = concurrentIndex({ name: 'orders_total_idx', on: 'orders (total, id)' });
