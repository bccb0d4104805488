import { concurrentIndex } from './support/concurrent-index';

export = concurrentIndex({ name: 'products_price_idx', on: 'products (price, id) WHERE deleted_at IS NULL' });
