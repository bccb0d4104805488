import { migration } from './support/migration';

export = migration(
  'ALTER TABLE refresh_tokens ADD COLUMN rotated_at timestamptz(3) NULL;',
  'ALTER TABLE refresh_tokens DROP COLUMN rotated_at;',
);
