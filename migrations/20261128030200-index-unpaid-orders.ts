import { concurrentIndex } from './support/concurrent-index';

/* The few orders of a buyer that hold stock unpaid, among many. */
export = concurrentIndex({ name: 'orders_unpaid_idx', on: "orders (user_id) WHERE status = 'pending'" });
