import { concurrentIndex } from './support/concurrent-index';

/* For the suggestion of a search that finds nothing. */
export = concurrentIndex({ name: 'tags_trigram_text_idx', on: 'tags USING gin (trigram_text(name) gin_trgm_ops)' });
