import type { Condition } from '../../../../database/sql/binder';
import { runsOf } from './joined-scripts';
import { parseSearchQuery } from './search-query';

/* The most words of an excerpt, and of a name, which is whole. */
const EXCERPT = 30;
const NAME = 200;
const EXCLUSION = /-(?:"[^"]*"?|[^\s"]+)/g;
const WORD = /[\p{L}\p{N}]+/gu;

/** Returns the SQL of a product's highlights as JSON: its name and an excerpt of its description, with the matches marked. */
export function highlightsOf(q: string, further: string | null = null): Condition {
  const sought = q.replace(EXCLUSION, ' ');
  const runs = runsOf(sought).filter(({ isJoined }) => isJoined);
  const words = runsOf(sought).flatMap(({ text, isJoined }) => (isJoined ? [] : (text.match(WORD) ?? [])));
  const lastWord = parseSearchQuery(q).alternatives.at(-1)?.lastWord ?? '';
  return (t, bind) => {
    const any = `search_query(${bind(words.join(' or '), 'text')}, '') || search_query('', ${bind(lastWord, 'text')})`;
    const query = `(SELECT ${any}${further === null ? '' : ` || ${bind(further, 'tsquery')}`})`;
    const marked = (column: string, most: number) =>
      `highlighted(${t}.${column}, ${query}, ${bind(
        runs.map(({ text }) => text),
        'text[]',
      )}, ${most})`;
    return `json_build_object('name', ${marked('name', NAME)}, 'description', ${marked('description', EXCERPT)})`;
  };
}
