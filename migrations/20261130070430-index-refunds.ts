import { concurrentIndex } from './support/concurrent-index';

export = concurrentIndex({ name: 'refunds_amount_idx', on: 'refunds (amount, id)' });
