import { migration } from './support/migration';

export = migration(
  `
  ALTER TABLE products VALIDATE CONSTRAINT products_deleted_with_check;
  `,
  `
  ALTER TABLE products DROP CONSTRAINT products_deleted_with_check;
  ALTER TABLE products ADD CONSTRAINT products_deleted_with_check CHECK (deleted_with IS NULL OR deleted_at IS NOT NULL) NOT VALID;
  `,
);
