import Joi from 'joi';
import type { Violation } from '../problems/problem';
import type { Schema } from './schema';

/** Every rule at once, nothing converted: "5" is not a number in JSON. */
export const STRICT: Joi.ValidationOptions = { abortEarly: false, convert: false };

/** The same for parameters, which arrive as text. */
export const FROM_TEXT: Joi.ValidationOptions = { abortEarly: false, convert: true };

/* Templates are read once; joi would read texts anew at each call, which cost a one-product read 7 % of its time. */
const MESSAGES: Joi.ValidationOptions = {
  errors: { wrap: { label: false } },
  messages: templates({
    'string.storable': '{{#label}} must not contain U+0000 or a lone surrogate',
    'string.realTime': '{{#label}} must be a day of the calendar',
    'object.bytes': '{{#label}} must be at most {{#maxBytes}} bytes of JSON',
    'string.pattern.base': '{{#label}} must match {{#regex}}',
  }),
};

function templates(texts: Readonly<Record<string, string>>): Joi.LanguageMessages {
  return Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, Joi.expression(text) as unknown as string]));
}

/** Codes of broken rules; joi's own names are not part of the contract. */
const CODES: Readonly<Record<string, string>> = {
  'any.required': 'required',
  'object.unknown': 'unknown_field',
  'any.only': 'not_allowed',
  'any.invalid': 'not_allowed',
  'string.empty': 'too_short',
  'string.min': 'too_short',
  'string.max': 'too_long',
  'string.length': 'wrong_format',
  'string.pattern.base': 'wrong_format',
  'string.lowercase': 'wrong_format',
  'string.storable': 'unstorable_text',
  'string.realTime': 'wrong_format',
  'number.min': 'too_small',
  'number.max': 'too_large',
  'number.unsafe': 'too_large',
  'number.infinity': 'too_large',
  'array.min': 'too_few',
  'array.max': 'too_many',
  'array.unique': 'duplicate',
  'object.min': 'too_few',
  'object.bytes': 'too_large',
};

/** The stable code of a broken joi rule: `wrong_type` for whatever is about the type. */
function violationCode(joiType: string): string {
  return CODES[joiType] ?? 'wrong_type';
}

/** Validates a value; answers it (converted where the options say so) or every violation, with `pointerOf` naming the place. */
export function validate<T>(
  schema: Schema<T>,
  value: unknown,
  options: Joi.ValidationOptions,
  pointerOf: (path: readonly (string | number)[]) => string,
): { readonly value: T; readonly violations: readonly Violation[] } {
  const result = schema.validate(value, { ...options, ...MESSAGES });
  if (!result.error) return { value: result.value as T, violations: [] };
  const violations = result.error.details.map(({ path, type, message }) => ({
    pointer: pointerOf(path),
    code: violationCode(type),
    message,
  }));
  return { value: result.value as T, violations };
}

/** A JSON pointer (RFC 6901) from a path of member names and indexes. */
export function jsonPointer(path: readonly (string | number)[]): string {
  return path.map((step) => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}
