import { withoutIndex } from './support/concurrent-index';

export = withoutIndex({ name: 'products_price_idx', on: 'products (price, id) WHERE deleted_at IS NULL' });
