import { migration } from './support/migration';

const KEY_CHECK = "CHECK (idempotency_key IS NULL OR status = 'uploading')";

/*
 * The record of the reply has the Idempotency-Key of an import; the import itself has it only while its file arrives, so that two files
 * under one key do not arrive at once. And it acts with the permissions that its actor has while it runs, not with those of its beginning.
 */
export = migration(
  `
  UPDATE imports SET idempotency_key = NULL WHERE status <> 'uploading';
  ALTER TABLE imports ADD CONSTRAINT imports_idempotency_key_check ${KEY_CHECK} NOT VALID;
  -- squawk-ignore ban-drop-column -- no released version reads it
  ALTER TABLE imports DROP COLUMN permissions;
  `,
  `
  ALTER TABLE imports ADD COLUMN permissions jsonb NOT NULL DEFAULT '[]';
  ALTER TABLE imports ALTER COLUMN permissions DROP DEFAULT;
  ALTER TABLE imports DROP CONSTRAINT imports_idempotency_key_check;
  `,
);
