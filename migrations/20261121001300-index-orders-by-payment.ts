import { concurrentIndex } from './support/concurrent-index';

/* What was paid in a month is what bookkeeping asks for. */
export = concurrentIndex({ name: 'orders_paid_at_idx', on: 'orders (paid_at, id)' });
