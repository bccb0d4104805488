import { withoutIndex } from './support/concurrent-index';

export = withoutIndex({ name: 'refunds_amount_idx', on: 'refunds (amount, id)' });
