import type { Bind } from '../../../../database/sql/binder';
import type { Alternative, SearchQuery } from './search-query';

/* A SKU of this many characters with a digit is searched by its beginning, too; others are words first. */
const SKU_BEGINNING = /^(?=.*\d).{3,}$/s;
const PLAIN_WORDS = /^[\p{L}\p{N}\s]*$/u;

/*
 * Each `tsquery` is a sub-select, which runs once per statement. The planner does not look into it, so it takes every word for a rare one and
 * reads the index, whose cost is bounded; what it knows of common words would make it read the table in another order, at any cost.
 */

/** Returns the SQL of the `tsquery` of a query: its words, or its SKU. */
export function wordsQuery({ alternatives, sku }: SearchQuery, bind: Bind): string {
  const queries = alternatives.map((alternative) => alternativeQuery(alternative, bind));
  if (sku !== null) queries.push(bind(`'${quoted(`sku:${sku}`)}'${SKU_BEGINNING.test(sku) ? ':*' : ''}`, 'tsquery'));
  return queries.length === 0 ? "''::tsquery" : `(SELECT ${queries.join(' || ')})`;
}

/** Returns the SQL of the `tsquery` of one alternative. */
export function alternativeQuery({ words, lastWord, characters }: Alternative, bind: Bind): string {
  const query = `search_query(${bind(words, 'text')}, ${bind(lastWord, 'text')})`;
  const single = characters.map(({ text, isExcluded }) => `${isExcluded ? '!!' : ''}beginning_query(${bind(text, 'text')})`);
  return `(${[query, ...single].join(' && ')})`;
}

/**
 * Returns the SQL of the `tsquery` of names that have all the words of the query as they are written; null where it has something else than
 * words.
 */
export function nameQuery({ alternatives }: SearchQuery): ((bind: Bind) => string) | null {
  const [only, ...others] = alternatives;
  if (only === undefined || others.length > 0 || only.characters.length > 0 || only.lastWord === '') return null;
  const { words, lastWord } = only;
  if (!PLAIN_WORDS.test(words + lastWord)) return null;
  return (bind) => `(SELECT name_query(${bind(words, 'text')}, ${bind(lastWord, 'text')}))`;
}

/** Returns the SQL of the `tsquery` of names that have all the words of the query as whole words; null where it has something else. */
export function wholeNameQuery(query: SearchQuery): ((bind: Bind) => string) | null {
  const [only] = query.alternatives;
  if (only === undefined || nameQuery(query) === null) return null;
  return (bind) => `(SELECT whole_name_query(${bind(`${only.words} ${only.lastWord}`, 'text')}))`;
}

/** Returns the SQL of the `tsquery` of the query's words, the last one as a whole word, too; null where it has no such word. */
export function wholeWordsQuery({ alternatives }: SearchQuery): ((bind: Bind) => string) | null {
  if (!alternatives.at(-1)?.lastWord) return null;
  return (bind) => `(SELECT ${alternatives.map((alternative) => `(${wholeWords(alternative, bind)})`).join(' || ')})`;
}

/** Returns a lexeme as `tsquery` wants it between quotes. */
export function quoted(lexeme: string): string {
  return lexeme.replaceAll('\\', '\\\\').replaceAll("'", "''");
}

function wholeWords(alternative: Alternative, bind: Bind): string {
  const { lastWord } = alternative;
  const others = alternativeQuery({ ...alternative, lastWord: '' }, bind);
  return lastWord === '' ? others : `${others} && ${alternativeQuery({ words: lastWord, lastWord: '', characters: [] }, bind)}`;
}
