import Joi from 'joi';

const LENGTHS: ReadonlySet<number> = new Set([8, 12, 13, 14]);
const DIGITS = /^\d+$/;
const NORMAL_LENGTH = 14;

/**
 * Returns the schema of a GTIN of 8, 12, 13 or 14 digits with its check digit; the value is the same number in 14 digits, with zeros before
 * it, so that one number has one form (GS1 General Specifications, sections 3.3 and 7.9).
 */
export function gtin(): Joi.StringSchema<string> {
  return Joi.string()
    .custom((value: string, helpers) => normalizedGtin(value) ?? helpers.error('string.gtin'))
    .meta({ minLength: 8, maxLength: NORMAL_LENGTH, pattern: '^\\d{8}(\\d{4,6})?$' })
    .example('04006381333931') as Joi.StringSchema<string>;
}

/** Returns a GTIN in 14 digits; null for what is none, and for the number of nothing but zeros. `is_gtin` in SQL accepts the same ones. */
export function normalizedGtin(value: string): string | null {
  if (!LENGTHS.has(value.length) || !DIGITS.test(value) || Number(value) === 0) return null;
  const normal = value.padStart(NORMAL_LENGTH, '0');
  return weightedSum(normal) % 10 === 0 ? normal : null;
}

/* The digits count three times and once in turn, and the check digit completes their sum to a multiple of ten. */
function weightedSum(digits: string): number {
  return [...digits].reduce((sum, digit, at) => sum + Number(digit) * (at % 2 === 0 ? 3 : 1), 0);
}
