import { column } from '../../../database/sql/binder';
import type { Search } from '../../../resource/definition/resource';

/**
 * Searches name, brand and description (weights A, B, C) with `websearch_to_tsquery`, and names by trigram similarity (pg_trgm, default
 * thresholds), so that a query with a typo still finds the product.
 */
export const productSearch: Search = {
  matches: (q) => (t, bind) => {
    const query = bind(q, 'text');
    return `(${column(t, 'search_vector')} @@ websearch_to_tsquery('english', ${query}) OR ${query} <% ${column(t, 'name')} OR ${column(t, 'name')} % ${query})`;
  },
  rank: (q) => (t, bind) => {
    const query = bind(q, 'text');
    const fullText = `ts_rank(${column(t, 'search_vector')}, websearch_to_tsquery('english', ${query}))`;
    return `(${fullText} + word_similarity(${query}, ${column(t, 'name')}))::float8`;
  },
};
