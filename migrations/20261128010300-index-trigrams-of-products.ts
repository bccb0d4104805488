import { concurrentIndex } from './support/concurrent-index';

/* For queries with a typo. The index on the name itself stays: it serves the filter name[contains]. */
export = concurrentIndex({
  name: 'products_trigram_text_idx',
  on: "products USING gin (trigram_text(name || ' ' || coalesce(brand, '') || ' ' || coalesce(model, '')) gin_trgm_ops)",
});
