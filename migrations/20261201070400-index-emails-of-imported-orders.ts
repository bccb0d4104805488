import { concurrentIndex } from './support/concurrent-index';

/* Credit notes of a customer without a number are matched by it. */
export = concurrentIndex({
  name: 'orders_imported_email_idx',
  on: 'orders (lower(email), placed_at) WHERE imported_at IS NOT NULL AND customer_number IS NULL AND email IS NOT NULL',
});
