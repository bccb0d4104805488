import { migration } from './support/migration';

/* Apart from adding it, so that imports can be read and written meanwhile. */
export = migration(
  'ALTER TABLE imports VALIDATE CONSTRAINT imports_idempotency_key_check;',
  `
  ALTER TABLE imports DROP CONSTRAINT imports_idempotency_key_check;
  ALTER TABLE imports ADD CONSTRAINT imports_idempotency_key_check CHECK (idempotency_key IS NULL OR status = 'uploading') NOT VALID;
  `,
);
