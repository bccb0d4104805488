import type { Search } from '../../resource/resource';
import { column } from '../../resource/sql/binder';

/* Below this likeness (pg_trgm's word_similarity, 0 to 1) a name is another word rather than a typo: its own default. */
const TYPO_OPERATOR = '<%';

/**
 * Full-text search over name, brand and description (weights A, B, C; `websearch_to_tsquery` takes what people type), or a
 * name that resembles the words, so that a typo still finds.
 */
export const productSearch: Search = {
  matches: (q) => (t, bind) => {
    const given = bind(q, 'text');
    return `(${column(t, 'search_vector')} @@ websearch_to_tsquery('english', ${given}) OR ${given} ${TYPO_OPERATOR} ${column(t, 'name')})`;
  },
  rank: (q) => (t, bind) => {
    const given = bind(q, 'text');
    const fullText = `ts_rank(${column(t, 'search_vector')}, websearch_to_tsquery('english', ${given}))`;
    return `(${fullText} + word_similarity(${given}, ${column(t, 'name')}))::float8`;
  },
};
