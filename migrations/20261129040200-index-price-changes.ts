import { concurrentIndex } from './support/concurrent-index';

export = concurrentIndex({ name: 'products_price_changes_at_idx', on: 'products (price_changes_at) WHERE price_changes_at IS NOT NULL' });
