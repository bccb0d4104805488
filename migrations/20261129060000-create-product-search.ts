import { migration } from './support/migration';
import { createFunctions, dropFunctions } from './support/sql-functions';

const FUNCTIONS = ['search_texts', 'search_lexemes', 'search_queries'];

/*
 * A configuration of the shop's own, whose language SEARCH_LANGUAGE changes (docs/adr/0029): it stems Cyrillic words in Russian and Latin ones
 * in English until then.
 */
export = migration(
  `
  CREATE TEXT SEARCH CONFIGURATION product_search (COPY = pg_catalog.russian);
  COMMENT ON TEXT SEARCH CONFIGURATION product_search IS 'english';
  ${createFunctions(FUNCTIONS)}
  `,
  `
  ${dropFunctions(FUNCTIONS)}
  DROP TEXT SEARCH CONFIGURATION product_search;
  `,
);
