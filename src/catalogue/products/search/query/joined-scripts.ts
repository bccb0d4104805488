/* Scripts that do not separate words: Thai, Lao, Chinese, Japanese, Korean (which joins particles). `with_bigrams` in SQL has the same ones. */
const JOINED =
  '\\u0e00-\\u0eff\\u3005-\\u3007\\u3040-\\u30ff\\u3400-\\u4dbf\\u4e00-\\u9fff\\uac00-\\ud7af\\uf900-\\ufaff\\u{20000}-\\u{3ffff}';
/* Those of half width become others, of full width. */
const HALF_WIDTH = /[\uff65-\uff9f]+/gu;
const RUN = new RegExp(`[${JOINED}]+|[^${JOINED}]+`, 'gu');
const IS_JOINED = new RegExp(`^[${JOINED}]`, 'u');

/** A part of a word: characters of a script that separates words, or of one that does not. */
export interface Run {
  readonly text: string;
  readonly isJoined: boolean;
}

/** Returns the runs of a text, each of one kind. */
export function runsOf(text: string): Run[] {
  const wide = text.replace(HALF_WIDTH, (given) => given.normalize('NFKC'));
  return [...wide.matchAll(RUN)].map(([run]) => ({ text: run, isJoined: IS_JOINED.test(run) }));
}

/** Returns the pairs of neighbouring characters, separated by spaces: 寿司屋 becomes 寿司 司屋. A single character has none. */
export function bigramsOf(run: string): string {
  const characters = [...run];
  return characters
    .slice(1)
    .map((character, at) => `${characters[at]}${character}`)
    .join(' ');
}
