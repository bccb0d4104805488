import { concurrentIndex } from './support/concurrent-index';

/* `ws1` beside `WS1` is the same SKU. Where a shop has both, the build fails and names it: change or delete one, and migrate again. */
export = concurrentIndex({ name: 'products_sku_caseless_key', on: 'products (lower(sku)) WHERE deleted_at IS NULL', unique: true });
