import { migration } from './support/migration';
import { REWRITE } from './support/rewrite';
import { VECTOR_WITH_BRANDS } from './support/search-vectors';

export = migration(
  `
  ${REWRITE}
  -- squawk-ignore adding-field-with-default
  ALTER TABLE products ADD COLUMN search_document tsvector GENERATED ALWAYS AS (
    ${VECTOR_WITH_BRANDS}
  ) STORED;
  `,
  'ALTER TABLE products DROP COLUMN search_document;',
);
