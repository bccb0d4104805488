import { column } from '../../../database/sql/binder';
import type { Search } from '../../../resource/definition/resource';

/**
 * Searches name, brand and description (weights A, B, C; `websearch_to_tsquery` takes what people type), or a name, or a word of one, that
 * resembles the query (pg_trgm, at its default thresholds), so that a typo still finds.
 */
export const productSearch: Search = {
  matches: (q) => (t, bind) => {
    const given = bind(q, 'text');
    return `(${column(t, 'search_vector')} @@ websearch_to_tsquery('english', ${given}) OR ${given} <% ${column(t, 'name')} OR ${column(t, 'name')} % ${given})`;
  },
  rank: (q) => (t, bind) => {
    const given = bind(q, 'text');
    const fullText = `ts_rank(${column(t, 'search_vector')}, websearch_to_tsquery('english', ${given}))`;
    return `(${fullText} + word_similarity(${given}, ${column(t, 'name')}))::float8`;
  },
};
