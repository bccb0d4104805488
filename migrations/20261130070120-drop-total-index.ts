import { withoutIndex } from './support/concurrent-index';

export = withoutIndex({ name: 'orders_total_idx', on: 'orders (total, id)' });
