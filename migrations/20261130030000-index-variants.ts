import { concurrentIndex } from './support/concurrent-index';

/*
 * The variants of groups in the order of lists. They are often older or newer than other products, which a walk would pass by first; a product
 * without a group has no entry.
 */
export = concurrentIndex({
  name: 'products_variants_idx',
  on: 'products (created_at, id) WHERE deleted_at IS NULL AND group_id IS NOT NULL',
});
