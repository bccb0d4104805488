import { migration } from './support/migration';

/* The API reads the field of a taken value from the name. */
export = migration(
  'ALTER INDEX products_sku_caseless_key RENAME TO products_sku_key;',
  'ALTER INDEX products_sku_key RENAME TO products_sku_caseless_key;',
);
