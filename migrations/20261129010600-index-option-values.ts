import { concurrentIndex } from './support/concurrent-index';

/* For the filters by members (`optionValues.Size=M`). Products without a group need no entry. */
export = concurrentIndex({
  name: 'products_option_values_idx',
  on: "products USING gin (option_values jsonb_path_ops) WHERE option_values <> '{}'",
});
