import { concurrentIndex } from './support/concurrent-index';

/* A line of a bank statement names an amount; refunds are rarely written. */
export = concurrentIndex({ name: 'refunds_amount_idx', on: 'refunds (amount, id)' });
