import { attachTriggers, detachTriggers, migration } from './support/migration';

const attach = attachTriggers('products', { counter: 'stock_quantity' });

/* A product of a group is one of its variants: a value per axis of the group. Only such a product has option values. */
export = migration(
  `
  ALTER TABLE products
    ADD COLUMN group_id uuid NULL,
    ADD COLUMN option_values jsonb NOT NULL DEFAULT '{}',
    ADD CONSTRAINT products_group_id_fk FOREIGN KEY (group_id) REFERENCES product_groups (id) ON DELETE RESTRICT NOT VALID,
    ADD CONSTRAINT products_option_values_without_group_check CHECK (group_id IS NOT NULL OR option_values = '{}') NOT VALID;
  ${attach}
  `,
  `
  ${detachTriggers('products')}
  ALTER TABLE products DROP COLUMN option_values, DROP COLUMN group_id;
  ${attach}
  `,
);
