import type { CustomValidator } from 'joi';

const MIN_DISTINCT = 6;

/*
 * Each rule hits a random key with a probability below 1e-12, from 32 hexadecimal digits on: five different digits at most, three quarters
 * of the steps by one, or a placeholder in a text without a capital inside a word (of 32 characters of base64).
 */
const PLACEHOLDERS = /change.?me|password|passwort|secret|example|placeholder|qwerty|letmein|welcome|storekeeper/i;
const CAPITAL_IN_A_WORD = /[a-z0-9][A-Z]/;

/** Refuses a signing key that was typed rather than generated: with it anybody could sign a token for any user. */
export const strongKey: CustomValidator<string> = (value, helpers) => {
  const isPhrase = PLACEHOLDERS.test(value) && !CAPITAL_IN_A_WORD.test(value);
  const isWeak = isPhrase || new Set(value).size < MIN_DISTINCT || isSequence(value) || isRepetition(value);
  return isWeak ? helpers.message({ custom: '{{#label}} is no random key: use the output of `openssl rand -base64 48`' }) : value;
};

/* Whether three quarters of the characters follow the one before by one step, as in 0123456789 or abcdef. */
function isSequence(value: string): boolean {
  const codes = Array.from(value, (character) => character.codePointAt(0) ?? 0);
  const steps = codes.slice(1).filter((code, index) => Math.abs(code - (codes[index] ?? 0)) === 1).length;
  return steps > value.length * 0.75;
}

/* Whether the text is one part over and over: such a text is found in itself, doubled, at an inner place. */
function isRepetition(value: string): boolean {
  const unit = (value + value).indexOf(value, 1);
  return unit <= value.length / 2;
}
