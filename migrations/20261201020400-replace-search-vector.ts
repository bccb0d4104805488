import { migration } from './support/migration';
import { REWRITE } from './support/rewrite';
import { VECTOR } from './support/search-vectors';

/* One transaction: a shop that still runs the former version finds a search_vector before and after. */
export = migration(
  `
  -- squawk-ignore ban-drop-column
  ALTER TABLE products DROP COLUMN search_vector;
  -- squawk-ignore renaming-column
  ALTER TABLE products RENAME COLUMN search_document TO search_vector;
  ALTER INDEX products_search_document_idx RENAME TO products_search_vector_idx;
  `,
  `
  ${REWRITE}
  ALTER INDEX products_search_vector_idx RENAME TO products_search_document_idx;
  -- squawk-ignore renaming-column
  ALTER TABLE products RENAME COLUMN search_vector TO search_document;
  -- squawk-ignore adding-field-with-default
  ALTER TABLE products ADD COLUMN search_vector tsvector GENERATED ALWAYS AS (
    ${VECTOR}
  ) STORED;
  `,
);
