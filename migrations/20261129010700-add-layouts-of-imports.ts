import { migration } from './support/migration';

/* The layout of another system's file, and the columns of a file that are not kept. */
export = migration(
  `
  ALTER TABLE imports
    ADD COLUMN layout text NULL,
    ADD COLUMN ignored_columns jsonb NOT NULL DEFAULT '[]';
  `,
  `
  ALTER TABLE imports DROP COLUMN ignored_columns, DROP COLUMN layout;
  `,
);
