import { concurrentIndex } from './support/concurrent-index';

export = concurrentIndex({
  name: 'products_on_sale_idx',
  on: 'products (created_at, id) WHERE deleted_at IS NULL AND prior_price IS NOT NULL',
});
