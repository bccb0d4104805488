import { concurrentIndex } from './support/concurrent-index';

export = concurrentIndex({
  name: 'orders_discount_code_id_idx',
  on: 'orders (discount_code_id, user_id) WHERE discount_code_id IS NOT NULL',
});
