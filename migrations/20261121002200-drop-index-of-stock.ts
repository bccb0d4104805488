import { withoutIndex } from './support/concurrent-index';

/*
 * A row whose indexed columns stay as they are is updated in place (HOT), else each index of its table gets a new entry: an index of
 * what every sale changes made a sale write to all seventeen. docs/adr/0006 has what that cost, and what it takes from lists.
 */
export = withoutIndex({ name: 'products_stock_quantity_idx', on: 'products (stock_quantity, id) WHERE deleted_at IS NULL' });
