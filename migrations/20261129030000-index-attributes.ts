import { concurrentIndex } from './support/concurrent-index';

/* For the filters by members (`attributes.color=red`). Products without attributes need no entry. */
export = concurrentIndex({
  name: 'products_attributes_idx',
  on: "products USING gin (attributes jsonb_path_ops) WHERE attributes <> '{}'",
});
