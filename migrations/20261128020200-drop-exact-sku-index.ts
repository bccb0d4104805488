import { withoutIndex } from './support/concurrent-index';

export = withoutIndex({ name: 'products_sku_key', on: 'products (sku) WHERE deleted_at IS NULL', unique: true });
