import { readFileSync } from 'node:fs';
import { preparedPassword } from './prepared-password';

const MIN_DISTINCT = 5;

/** Returns whether a password is common, or little more than a common word, a pattern or one of `own`: the email and the username. */
export function isGuessable(password: string, own: readonly string[] = []): boolean {
  const text = folded(password);
  const base = wordOf(text);
  const names = own.flatMap((name) => [folded(name), folded(name.split('@')[0] ?? '')]);
  const isWeak = (word: string) => word !== '' && (commonPasswords().has(word) || names.includes(word));
  return isWeak(text) || (base.length * 2 >= text.length && isWeak(base)) || isWeak(repeatedPart(text)) || isPattern(text);
}

/* Compatibility forms and case fold together: a full-width or capital letter makes a common password no rarer. */
function folded(text: string): string {
  return preparedPassword(text).normalize('NFKC').toLowerCase();
}

/* Without the digits and signs around it: `password` of `password2026!`. */
function wordOf(text: string): string {
  const letters = [...text.matchAll(/\p{L}/gu)];
  const [first, last] = [letters[0], letters.at(-1)];
  return first && last ? text.slice(first.index, last.index + last[0].length) : '';
}

/* The part that the text repeats, or the whole text. */
function repeatedPart(text: string): string {
  return text.slice(0, `${text}${text}`.indexOf(text, 1));
}

/* Few characters over and over, or a run such as `abcdefghij` and `9876543210`. */
function isPattern(text: string): boolean {
  const points = Array.from(text, (character) => character.codePointAt(0) ?? 0);
  const neighbours = points.filter((point, index) => Math.abs(point - (points[index + 1] ?? Number.POSITIVE_INFINITY)) <= 1);
  return new Set(points).size < MIN_DISTINCT || neighbours.length >= points.length - 2;
}

let common: ReadonlySet<string> | undefined;

/* The 49,000 most common leaked passwords (MIT), read at the first use: the start does not wait for them. */
function commonPasswords(): ReadonlySet<string> {
  common ??= new Set(JSON.parse(readFileSync(require.resolve('@zxcvbn-ts/language-common/src/passwords.json'), 'utf8')) as string[]);
  return common;
}
