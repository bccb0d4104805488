import { attachTriggers, detachTriggers, migration } from './support/migration';

/* What a product is taxed as, and what it weighs: shipping by weight counts one without a weight as nothing. */
export = migration(
  `
  ALTER TABLE products
    ADD COLUMN tax_class text NOT NULL DEFAULT 'standard' CONSTRAINT products_tax_class_check CHECK (is_tax_class(tax_class)),
    ADD COLUMN weight_grams integer NULL CONSTRAINT products_weight_grams_check CHECK (weight_grams >= 0);
  ${attachTriggers('products', { counter: 'stock_quantity' })}
  `,
  `
  ${detachTriggers('products')}
  ALTER TABLE products DROP COLUMN weight_grams, DROP COLUMN tax_class;
  ${attachTriggers('products', { counter: 'stock_quantity' })}
  `,
);
