import { normalizedGtin } from '../../../../schema/gtin';
import { bigramsOf, runsOf } from './joined-scripts';

/** A query of the product search: words, "phrases", -exclusions, or. */
export interface SearchQuery {
  /** What is joined by `or`; one where there is none. */
  readonly alternatives: readonly Alternative[];
  /** The phrases and exclusions, which hold whatever the spelling of the words. */
  readonly fixed: Alternative;
  /** The other words, in which a typo is allowed. */
  readonly words: readonly string[];
  /** Whether it excludes only, so that no product matches better than another. */
  readonly isExclusion: boolean;
  /** The query as a SKU in lower case; null where it has phrases or exclusions. */
  readonly sku: string | null;
  /** The query as a GTIN in 14 digits; null where it is none. */
  readonly gtin: string | null;
}

/** What has to match together. */
export interface Alternative {
  /** In the grammar of `websearch_to_tsquery`. */
  readonly words: string;
  /** The last word, where it may be the beginning of one; else empty. */
  readonly lastWord: string;
  /** Single characters of scripts that do not separate words. */
  readonly characters: readonly { readonly text: string; readonly isExcluded: boolean }[];
}

const TERM = /(-?)(?:"([^"]*)"?|([^\s"]+))/g;
/* Signs that are spelled out as words of their own, so that a word becomes several. */
const SIGNS = /[+#&]/;
const JOINTS = /['’-]/;
const LETTERS = /^[\p{L}\p{N}]+$/u;
const TWO_LETTERS = /^[\p{L}\p{N}]{2}/u;
const SEPARATORS = /[\s-]/g;

interface Term {
  readonly text: string;
  readonly isExcluded: boolean;
  readonly isPhrase: boolean;
}

/** Parses a query. */
export function parseSearchQuery(q: string): SearchQuery {
  const terms = [...q.matchAll(TERM)]
    .map(([, sign = '', phrase, word = '']) => ({
      text: (phrase ?? word).trim(),
      isExcluded: sign === '-',
      isPhrase: phrase !== undefined,
    }))
    .filter(({ text }) => text !== '');
  const isPlain = terms.every(({ isExcluded, isPhrase }) => !isExcluded && !isPhrase);
  const groups = separated(terms);
  return {
    alternatives: groups.map((group, at) => alternativeOf(group, at === groups.length - 1)),
    fixed: alternativeOf(terms.filter(isFixed), false),
    words: terms.filter((term) => !isFixed(term) && !isOr(term)).map(({ text }) => text),
    isExclusion: terms.length > 0 && terms.every(({ isExcluded }) => isExcluded),
    sku: isPlain ? q.trim().toLowerCase() : null,
    gtin: isPlain ? normalizedGtin(q.replace(SEPARATORS, '')) : null,
  };
}

/* An `or` at an end joins nothing, and is a word. */
function separated(terms: readonly Term[]): Term[][] {
  const groups: Term[][] = [[]];
  for (const [at, term] of terms.entries()) {
    const isBetween = at > 0 && at < terms.length - 1;
    if (isOr(term) && isBetween) groups.push([]);
    else groups.at(-1)?.push(term);
  }
  return groups.filter((group) => group.length > 0);
}

function isOr({ text, isPhrase, isExcluded }: Term): boolean {
  return !isPhrase && !isExcluded && text.toLowerCase() === 'or';
}

function isFixed({ text, isPhrase, isExcluded }: Term): boolean {
  return isPhrase || isExcluded || SIGNS.test(text) || runsOf(text).some(({ isJoined }) => isJoined);
}

function alternativeOf(terms: readonly Term[], mayBeTyped: boolean): Alternative {
  const last = mayBeTyped ? terms.at(-1) : undefined;
  const isTyped = last !== undefined && !isFixed(last) && isUnfinished(last.text);
  const characters: { text: string; isExcluded: boolean }[] = [];
  const words: string[] = [];
  for (const term of isTyped ? terms.slice(0, -1) : terms) {
    if (!isFixed(term)) words.push(term.text);
    else
      for (const part of partsOf(term)) {
        if ([...part].length > 1) words.push(`${term.isExcluded ? '-' : ''}"${part}"`);
        else characters.push({ text: part, isExcluded: term.isExcluded });
      }
  }
  return { words: words.join(' '), lastWord: isTyped ? last.text : '', characters };
}

/* A phrase that mixes scripts is compared part by part. */
function partsOf({ text }: Term): string[] {
  return runsOf(text).flatMap(({ text: run, isJoined }) => (isJoined ? [bigramsOf(run) || run] : run.trim() === '' ? [] : [run.trim()]));
}

/* Whether somebody may be typing this word: letters and digits, with an apostrophe or hyphen between some of them. */
function isUnfinished(text: string): boolean {
  return TWO_LETTERS.test(text) && text.split(JOINTS).every((part) => LETTERS.test(part));
}
