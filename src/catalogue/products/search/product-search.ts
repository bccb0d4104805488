import { type Bind, type Condition, column } from '../../../database/sql/binder';
import type { Candidates, Search, SearchWay } from '../../../resource/definition/search';
import { nullable, text } from '../../../schema/schema';
import { highlightsOf } from './query/highlights';
import { parseSearchQuery, type SearchQuery } from './query/search-query';
import { nameQuery, quoted, wholeNameQuery, wholeWordsQuery, wordsQuery } from './query/text-query';
import { suggestQuery } from './suggestions/suggest-query';
import { mostViewed } from './ways/most-viewed';
import { similarWay } from './ways/similar-way';
import { typoWay } from './ways/typo-way';

/* Of how well a product matches. The parts are so far apart that a later one decides only where the earlier ones are equal. */
const CODE = 100;
const WHOLE_NAME = 20;
const IN_NAME = 10;
const IN_STOCK = 0.05;
const SOME = 100;

const MARKED = 'as HTML, with <mark> around the matches.';

/**
 * Searches name, brand, model, SKU and description in any accent, and by SKU or GTIN (docs/adr/0029). Where the words match nothing that the
 * actor sees, names with one wrong letter a word match, and where nothing does, names that resemble the query.
 */
export const productSearch: Search = {
  wayNames: { words: 'by its words', typos: 'by words with one wrong letter', similar: 'by names that resemble it' },

  highlights: {
    name: text(0, 3_000).description(`The name ${MARKED}`).example('<mark>Chai</mark>'),
    description: nullable(text(0, 20_000)).description(`An excerpt ${MARKED}`).example(null),
  },

  spelling: (t) => `concat_ws(' ', ${column(t, 'name')}, ${column(t, 'brand')}, ${column(t, 'model')})`,

  suggest: suggestQuery,

  knownFilters: { brand: (brand) => hasBrand([String(brand)]), 'brand[in]': (brands) => hasBrand(brands as string[]) },

  isRanked: (q) => !parseSearchQuery(q).isExclusion,

  ways: (q) => {
    const query = parseSearchQuery(q);
    return [wordsWay(query, q), typoWay(query, q), similarWay(query, q)].filter((way) => way !== null);
  },
};

function wordsWay(query: SearchQuery, q: string): SearchWay {
  const hasWords = inVector((bind) => wordsQuery(query, bind));
  const hasGtin = gtinCondition(query);
  const matches: Condition = hasGtin ? (t, bind) => `(${hasWords(t, bind)} OR ${hasGtin(t, bind)})` : hasWords;
  return {
    name: 'words',
    matches,
    rank: rankOf(query, q),
    highlights: highlightsOf(q),
    candidates: mostViewed({
      foremost: [...codesOf(query), ...inName(query)],
      likely: likelyMatches(query),
      mayBeFew: query.words.length > 1,
    }),
  };
}

function gtinCondition({ gtin }: SearchQuery): Condition | null {
  return gtin === null ? null : (t, bind) => `${column(t, 'gtin')} = ${bind(gtin, 'text')}`;
}

/* Rounding keeps what ts_rank makes of the length of texts from deciding before stock and popularity. */
function rankOf(query: SearchQuery, q: string): Condition {
  return (t, bind) => {
    const codes = codesOf(query);
    const parts = [
      ...(codes.length === 0 ? [] : [`CASE WHEN ${codes.map((code) => code(t, bind)).join(' OR ')} THEN ${CODE} ELSE 0 END`]),
      `CASE WHEN lower(${column(t, 'name')}) = (SELECT lower(${bind(q, 'text')})) THEN ${WHOLE_NAME} ELSE 0 END`,
      ...inName(query).map((condition) => `CASE WHEN ${condition(t, bind)} THEN ${IN_NAME} ELSE 0 END`),
      `round(ts_rank(${column(t, 'search_vector')}, ${wordsQuery(query, bind)})::float8 * 10) / 10`,
      `CASE WHEN ${column(t, 'in_stock')} THEN ${IN_STOCK} ELSE 0 END`,
      popularity(t),
    ];
    return `(${parts.join(' + ')})::float8`;
  };
}

/* Up to 0.04, by the order of magnitude, so that a view seldom moves a product from one page to another. */
function popularity(t: string): string {
  return `floor(ln(${column(t, 'view_count')}::float8 + 1)) / 1000`;
}

function codesOf(query: SearchQuery): Condition[] {
  return [query.sku === null ? null : hasSku(query.sku), gtinCondition(query)].filter((code) => code !== null);
}

function hasSku(sku: string): Condition {
  return (t, bind) => `lower(${column(t, 'sku')}) = ${bind(sku, 'text')}`;
}

function inName(query: SearchQuery): Condition[] {
  const words = nameQuery(query);
  return words === null ? [] : [inVector(words)];
}

/* The index finds whole words at once, where the beginning of one is many lexemes, whose rows it collects first. */
function likelyMatches(query: SearchQuery): Candidates['likely'] {
  const [words, names] = [wholeWordsQuery(query), wholeNameQuery(query)];
  if (words === null) return null;
  const inNames = names === null ? [] : [inVector(names), ...inName(query).map((begins) => whereAny(begins, inVector(names)))];
  return { foremost: [...codesOf(query), ...inNames], matches: inVector(words) };
}

/* Where no row but those of another condition has it, no class needs to be read. For some rows the planner reads the index (ways-of-search.ts). */
function whereAny(condition: Condition, other: Condition): Condition {
  const some = (bind: Bind) => `SELECT 1 FROM products r WHERE ${condition('r', bind)} AND NOT ${other('r', bind)} LIMIT ${SOME}`;
  return (t, bind) => `(${condition(t, bind)} AND (SELECT count(*) FROM (${some(bind)}) s) > 0)`;
}

function inVector(query: (bind: Bind) => string): Condition {
  return (t, bind) => `${column(t, 'search_vector')} @@ ${query(bind)}`;
}

function hasBrand(brands: readonly string[]): Condition {
  const lexemes = brands.map((brand) => `'${quoted(`brand:${brand}`)}'`).join('|');
  return inVector((bind) => bind(lexemes, 'tsquery'));
}
