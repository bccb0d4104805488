import { migration } from './support/migration';
import { REWRITE } from './support/rewrite';

/*
 * The Russian configuration stems Cyrillic words in Russian and Latin ones in English. A SKU is a lexeme of its own beside its words, under
 * a prefix that no word has, for searches by SKU or its beginning.
 */
export = migration(
  `
  ${REWRITE}
  -- squawk-ignore adding-field-with-default
  ALTER TABLE products ADD COLUMN search_document tsvector GENERATED ALWAYS AS (
    setweight(to_tsvector('russian'::regconfig, search_text(name)), 'A') ||
    setweight(to_tsvector('russian'::regconfig, search_text(coalesce(brand, '') || ' ' || coalesce(model, '') || ' ' || sku)), 'B') ||
    setweight(to_tsvector('russian'::regconfig, search_text(coalesce(description, ''))), 'C') ||
    array_to_tsvector(ARRAY['sku:' || lower(sku)])
  ) STORED;
  `,
  'ALTER TABLE products DROP COLUMN search_document;',
);
