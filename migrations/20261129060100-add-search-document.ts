import { migration } from './support/migration';
import { REWRITE } from './support/rewrite';
import { VECTOR } from './support/search-vectors';

export = migration(
  `
  ${REWRITE}
  -- squawk-ignore adding-field-with-default
  ALTER TABLE products ADD COLUMN search_document tsvector GENERATED ALWAYS AS (
    ${VECTOR}
  ) STORED;
  `,
  'ALTER TABLE products DROP COLUMN search_document;',
);
