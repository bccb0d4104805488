/** A query of the product search, in the grammar of `websearch_to_tsquery`: words, "phrases", -exclusions, or. */
export interface SearchQuery {
  /** The whole query, with words quoted that PostgreSQL takes apart: they are phrases. */
  readonly whole: string;
  /** The phrases and exclusions alone: what a product must have whatever the spelling. Empty where there are none. */
  readonly fixed: string;
  /** The other words, in which a typo is allowed; empty where none is long enough. */
  readonly words: string;
  /** Whether it excludes only, so that no product matches better than another. */
  readonly isExclusion: boolean;
  /** The query as a SKU in lower case; null where it has phrases or exclusions. */
  readonly sku: string | null;
}

const TERM = /(-?)(?:"([^"]*)"?|([^\s"]+))/g;
/* `search_text` separates these characters and spells these signs out, so that a word becomes several. */
const SEVERAL = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}\p{Script=Lao}+#]/u;
/* Shorter words resemble too many others. */
const LONG_WORD = /[\p{L}\p{N}]{4}/u;

interface Term {
  readonly text: string;
  readonly isExcluded: boolean;
  readonly isFixed: boolean;
}

/** Parses a query. */
export function parseSearchQuery(q: string): SearchQuery {
  const terms = [...q.matchAll(TERM)].map(([, sign = '', phrase, word = '']) => termOf(sign === '-', phrase, word));
  const sought = terms.filter(({ text }) => text !== '');
  const words = sought.filter(({ isFixed, text }) => !isFixed && text.toLowerCase() !== 'or').map(({ text }) => text);
  return {
    whole: joined(sought),
    fixed: joined(sought.filter((term) => term.isFixed)),
    words: words.some((word) => LONG_WORD.test(word)) ? words.join(' ') : '',
    isExclusion: sought.length > 0 && sought.every(({ isExcluded }) => isExcluded),
    sku: q.includes('"') || sought.some(({ isExcluded }) => isExcluded) ? null : q.trim().toLowerCase(),
  };
}

function termOf(isExcluded: boolean, phrase: string | undefined, word: string): Term {
  if (phrase === undefined && !SEVERAL.test(word)) return { text: `${isExcluded ? '-' : ''}${word}`, isExcluded, isFixed: isExcluded };
  const text = (phrase ?? word).trim();
  return { text: text && `${isExcluded ? '-' : ''}"${text}"`, isExcluded, isFixed: true };
}

function joined(terms: readonly Term[]): string {
  return terms.map(({ text }) => text).join(' ');
}
