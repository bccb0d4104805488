import { concurrentIndex } from './support/concurrent-index';

/* For the suggestion of a search that finds nothing. The index on the name itself stays: it serves the filter name[contains]. */
export = concurrentIndex({ name: 'categories_trigram_text_idx', on: 'categories USING gin (trigram_text(name) gin_trgm_ops)' });
