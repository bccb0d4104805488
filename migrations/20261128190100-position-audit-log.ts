import { migration } from './support/migration';
import { createFunctions, dropFunctions } from './support/sql-functions';

const FUNCTIONS = ['feed_position'];

/*
 * Changes made before this share the position 0, where their ids order them: none of their transactions is open, because adding the column
 * waits for all writers of the log. The constant default spares PostgreSQL writing the rows anew.
 */
export = migration(
  `
  ${createFunctions(FUNCTIONS)}
  ALTER TABLE audit_logs ADD COLUMN feed_position bigint NOT NULL DEFAULT 0;
  ALTER TABLE audit_logs ALTER COLUMN feed_position SET DEFAULT feed_position();
  `,
  `
  ALTER TABLE audit_logs DROP COLUMN feed_position;
  ${dropFunctions(FUNCTIONS)}
  `,
);
