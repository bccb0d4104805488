import { type Bind, type Condition, column } from '../../../../database/sql/binder';
import type { SearchWay } from '../../../../resource/definition/search';
import { highlightsOf } from '../query/highlights';
import { foldedWord, oneEditFrom } from '../query/one-edit';
import type { SearchQuery } from '../query/search-query';
import { alternativeQuery } from '../query/text-query';
import { mostViewed } from './most-viewed';

/* Each word is a few hundred lexemes to look up. */
const MAX_WORDS = 4;

/** Returns the way to match names whose words are one edit away from those of the query; null where it has no such words, or too many. */
export function typoWay({ words, fixed }: SearchQuery, q: string): SearchWay | null {
  const edits = words.map((word) => oneEditFrom(foldedWord(word)));
  if (words.length === 0 || words.length > MAX_WORDS || edits.includes(null)) return null;
  const anyOf = (lexemes: readonly string[]) => `(${lexemes.map((lexeme) => `'~${lexeme}'`).join('|')})`;
  const near = edits.map((edit) => anyOf(edit?.all ?? [])).join('&');
  const nearest = edits.map((edit) => anyOf([...(edit?.swapped ?? []), ...(edit?.all.slice(0, 1) ?? [])])).join('&');
  const query = (text: string, bind: Bind) => `SELECT ${bind(text, 'tsquery')} && ${alternativeQuery(fixed, bind)}`;
  const matches: Condition = (t, bind) => `${column(t, 'search_vector')} @@ (${query(near, bind)})`;
  const isNearest: Condition = (t, bind) => `${column(t, 'search_vector')} @@ ${bind(nearest, 'tsquery')}`;
  // Ranking by text would look up hundreds of lexemes in each row.
  const rank: Condition = (t, bind) =>
    `(CASE WHEN ${isNearest(t, bind)} THEN 10 ELSE 0 END + floor(ln(${column(t, 'view_count')}::float8 + 1)) / 1000)::float8`;
  return {
    name: 'typos',
    matches,
    rank,
    highlights: highlightsOf(q, near.replaceAll('&', '|')),
    candidates: mostViewed([(t, bind) => `(${isNearest(t, bind)} AND ${matches(t, bind)})`]),
  };
}
