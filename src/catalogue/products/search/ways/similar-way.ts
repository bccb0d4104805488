import { type Condition, column } from '../../../../database/sql/binder';
import type { SearchWay } from '../../../../resource/definition/search';
import { highlightsOf } from '../query/highlights';
import type { SearchQuery } from '../query/search-query';
import { alternativeQuery } from '../query/text-query';

/* Shorter words resemble too many others. */
const LONG_WORD = /[\p{L}\p{N}]{4}/u;

/** Returns the way to match names that resemble the query by their trigrams; null where no word is long enough. */
export function similarWay({ words, fixed }: SearchQuery, q: string): SearchWay | null {
  if (!words.some((word) => LONG_WORD.test(word))) return null;
  const text = words.join(' ');
  const isFixed = fixed.words !== '' || fixed.characters.length > 0;
  const hasFixed: Condition = (t, bind) => (isFixed ? ` AND ${column(t, 'search_vector')} @@ ${alternativeQuery(fixed, bind)}` : '');
  return {
    name: 'similar',
    highlights: highlightsOf(q),
    // The sub-select runs once per statement, before the scan, so the threshold that `similar_words` sets holds for it.
    matches: (t, bind) => `((SELECT similar_words(${bind(text, 'text')})) <% ${trigramText(t)}${hasFixed(t, bind)})`,
    rank: (t, bind) => `word_similarity(trigram_text(${bind(text, 'text')}), ${trigramText(t)})::float8`,
  };
}

/* As in the index products_trigram_text_idx. */
function trigramText(t: string): string {
  return `trigram_text(${column(t, 'name')} || ' ' || coalesce(${column(t, 'brand')}, '') || ' ' || coalesce(${column(t, 'model')}, ''))`;
}
