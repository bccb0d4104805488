import { concurrentIndex } from './support/concurrent-index';

/* Credit notes are matched by it; orders that are placed here have no entry. */
export = concurrentIndex({
  name: 'orders_customer_number_idx',
  on: 'orders (customer_number, placed_at) WHERE customer_number IS NOT NULL',
});
