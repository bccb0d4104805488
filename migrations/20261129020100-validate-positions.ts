import { migration } from './support/migration';

/* Validating does not stop the shop, as adding them at once would. */
export = migration(
  `
  ALTER TABLE categories VALIDATE CONSTRAINT categories_position_min_check;
  ALTER TABLE categories VALIDATE CONSTRAINT categories_deleted_with_check;
  `,
  `
  ALTER TABLE categories DROP CONSTRAINT categories_deleted_with_check;
  ALTER TABLE categories DROP CONSTRAINT categories_position_min_check;
  ALTER TABLE categories ADD CONSTRAINT categories_position_min_check CHECK (position >= 0) NOT VALID;
  ALTER TABLE categories ADD CONSTRAINT categories_deleted_with_check CHECK (deleted_with IS NULL OR deleted_at IS NOT NULL) NOT VALID;
  `,
);
