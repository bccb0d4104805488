import { concurrentIndex } from './support/concurrent-index';

/* As products_variants_idx, for filters by option values: PostgreSQL cannot conclude from these that there is a group. */
export = concurrentIndex({
  name: 'products_with_options_idx',
  on: "products (created_at, id) WHERE deleted_at IS NULL AND option_values <> '{}'::jsonb",
});
