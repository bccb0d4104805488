import type { Format } from './format';

/* White space of Unicode, and what people paste beside it: characters without width. `is_name` in SQL has the same ones. */
const WHITE = '\\t-\\r\\u0085\\u00a0\\u1680\\u180e\\u2000-\\u200b\\u2028\\u2029\\u202f\\u205f\\u2060\\u3000\\ufeff';
/* Controls, default-ignorable code points and the blank of Braille; those beyond the basic plane need the flag u. */
const UNSEEN =
  '\\0-\\x1f\\x7f-\\x9f\\u00ad\\u034f\\u061c\\u115f\\u1160\\u17b4\\u17b5\\u180b-\\u180f\\u200b-\\u200f\\u202a-\\u202e\\u2060-\\u206f' +
  '\\u2800\\u3164\\ufe00-\\ufe0f\\ufeff\\uffa0\\ufff0-\\ufff8';
const UNSEEN_BEYOND = '\\u{1bca0}-\\u{1bca3}\\u{1d173}-\\u{1d17a}\\u{e0000}-\\u{e0fff}';

const SPACE = new RegExp(`^[ ${WHITE}]$`);
const BLANK = new RegExp(`^[ ${WHITE}${UNSEEN}${UNSEEN_BEYOND}]*$`, 'u');

/**
 * The format of a key that people type, such as a SKU. Keys that differ in what nobody sees would look alike: a plain space is the only
 * white space in one, and nothing is invisible.
 */
export const KEY: Format = {
  pattern: new RegExp(`^[^${WHITE}${UNSEEN}]+$`),
  rule: 'have no invisible characters, and no white space but plain spaces',
};

/** Returns the text without the white space around it, in linear time: `/\s+$/` takes quadratic time on a long run of spaces. */
export function trimmed(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && SPACE.test(text.charAt(start))) start += 1;
  while (end > start && SPACE.test(text.charAt(end - 1))) end -= 1;
  return text.slice(start, end);
}

/** Returns whether a reader of the text sees nothing. */
export function isBlank(text: string): boolean {
  return BLANK.test(text);
}

/**
 * Returns the length of a text in characters, as PostgreSQL and JSON Schema count them: an emoji is one, where JavaScript's length is two.
 * Text that cannot have as few as `max` is not counted: its length is that of JavaScript.
 */
export function lengthInCharacters(text: string, max: number): number {
  return text.length > 2 * max ? text.length : [...text].length;
}
