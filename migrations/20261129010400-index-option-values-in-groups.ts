import { concurrentIndex } from './support/concurrent-index';

/* A digest, because five long values exceed what an entry of an index may have. */
export = concurrentIndex({
  name: 'products_group_id_option_values_key',
  on: 'products (group_id, md5(option_values::text)) WHERE deleted_at IS NULL AND group_id IS NOT NULL',
  unique: true,
});
