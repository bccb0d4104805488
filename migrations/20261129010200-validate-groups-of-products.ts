import { migration } from './support/migration';

/* Apart from adding them, so that products can be read and written meanwhile. */
export = migration(
  `
  ALTER TABLE products VALIDATE CONSTRAINT products_group_id_fk;
  ALTER TABLE products VALIDATE CONSTRAINT products_option_values_without_group_check;
  `,
  `
  ALTER TABLE products DROP CONSTRAINT products_group_id_fk, DROP CONSTRAINT products_option_values_without_group_check;
  ALTER TABLE products
    ADD CONSTRAINT products_group_id_fk FOREIGN KEY (group_id) REFERENCES product_groups (id) ON DELETE RESTRICT NOT VALID,
    ADD CONSTRAINT products_option_values_without_group_check CHECK (group_id IS NOT NULL OR option_values = '{}') NOT VALID;
  `,
);
