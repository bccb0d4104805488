import { type Bind, type Condition, column } from '../../../../database/sql/binder';
import type { SearchWay } from '../../../../resource/definition/search';
import { highlightsOf } from '../query/highlights';
import { foldedWord, oneEditFrom } from '../query/one-edit';
import type { SearchQuery } from '../query/search-query';
import { alternativeQuery } from '../query/text-query';
import { mostViewed } from './most-viewed';

/* Each word is a few hundred lexemes to look up. */
const MAX_WORDS = 4;
/* As many rows as let the planner choose the index (ways-of-search.ts). */
const SOME = 100;

/** Returns the way to match names whose words are one edit away from those of the query; null where it has no such words, or too many. */
export function typoWay({ words, fixed }: SearchQuery, q: string): SearchWay | null {
  const edits = words.flatMap((word) => oneEditFrom(foldedWord(word)) ?? []);
  if (words.length === 0 || words.length > MAX_WORDS || edits.length < words.length) return null;
  const all = edits.map((edit) => edit.all.map((word) => `'~${word}'`));
  const nearest = edits.map((edit) => `(${[...edit.swapped, ...edit.all.slice(0, 1)].map((word) => `'~${word}'`).join('|')})`).join('&');
  const isNear = hasLexemes((bind) => [...all.map((lexemes) => anyKnown(lexemes, bind)), alternativeQuery(fixed, bind)]);
  const isNearest = hasLexemes((bind) => [bind(nearest, 'tsquery'), alternativeQuery(fixed, bind)]);
  // Ranking by text would look up many lexemes in each row.
  const rank: Condition = (t, bind) =>
    `(CASE WHEN ${isNearest(t, bind)} THEN 10 ELSE 0 END + floor(ln(${column(t, 'view_count')}::float8 + 1)) / 1000)::float8`;
  return {
    name: 'typos',
    matches: isNear,
    rank,
    highlights: highlightsOf(q, all.flat().join('|')),
    candidates: mostViewed({ foremost: [isNearest] }),
  };
}

function hasLexemes(queries: (bind: Bind) => readonly string[]): Condition {
  return (t, bind) => `${column(t, 'search_vector')} @@ (SELECT ${queries(bind).join(' && ')})`;
}

/*
 * The `tsquery` of those of the lexemes that some product has, which are few; null where none has. A `tsquery` of all of them would be
 * evaluated whole, hundreds of lexemes, for each row that one of them finds.
 */
function anyKnown(lexemes: readonly string[], bind: Bind): string {
  const some = `SELECT 1 FROM products other WHERE other.search_vector @@ lexeme::tsquery LIMIT ${SOME}`;
  return `(SELECT string_agg(lexeme, '|')::tsquery FROM unnest(${bind(lexemes, 'text[]')}) lexeme WHERE (SELECT count(*) FROM (${some}) known) > 0)`;
}
