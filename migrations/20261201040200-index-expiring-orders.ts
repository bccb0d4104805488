import { concurrentIndex } from './support/concurrent-index';

/* Orders that are paid at once have no entry, and the others leave it when they are paid. */
export = concurrentIndex({ name: 'orders_expires_at_idx', on: "orders (expires_at) WHERE status = 'pending' AND expires_at IS NOT NULL" });
