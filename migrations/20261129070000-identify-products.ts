import { attachTriggers, detachTriggers, migration } from './support/migration';
import { createFunctions, dropFunctions } from './support/sql-functions';

const FUNCTIONS = ['is_gtin', 'is_product_safety'];
const PRODUCTS = attachTriggers('products', { counter: 'stock_quantity' });

/* The columns are null in every row that is there, so that nothing has to be checked or rewritten. */
export = migration(
  `
  ${createFunctions(FUNCTIONS)}
  ALTER TABLE products ADD COLUMN gtin text NULL CONSTRAINT products_gtin_check CHECK (is_gtin(gtin));
  ALTER TABLE products ADD COLUMN product_safety jsonb NULL CONSTRAINT products_product_safety_check CHECK (is_product_safety(product_safety));
  ${PRODUCTS}
  `,
  `
  ${detachTriggers('products')}
  ALTER TABLE products DROP COLUMN product_safety;
  ALTER TABLE products DROP COLUMN gtin;
  ${dropFunctions(FUNCTIONS)}
  ${PRODUCTS}
  `,
);
