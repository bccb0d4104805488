import Joi from 'joi';
import type { Violation } from '../problems/problem';
import type { Schema } from './schema';

/** Reports every broken rule and converts nothing, because "5" is not a number in JSON. */
export const STRICT: Joi.ValidationOptions = { abortEarly: false, convert: false };

/** Reports every broken rule and converts text, because parameters arrive as text. */
export const FROM_TEXT: Joi.ValidationOptions = { abortEarly: false, convert: true };

/* Templates are parsed once; joi would parse texts at each call, which took 7 % of a read of one product. */
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

/** The stable codes of broken rules by joi's names, which are not part of the contract. */
const CODES: Readonly<Record<string, string>> = {
  'any.required': 'required',
  'object.unknown': 'unknown_field',
  'any.readOnly': 'read_only',
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

/* Every rule without a code of its own is about the type. */
function violationCode(joiType: string): string {
  return CODES[joiType] ?? 'wrong_type';
}

/** Validates a value; returns it (converted if the options say so) or every violation, with pointers made by `pointerOf`. */
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

/** Returns the JSON pointer (RFC 6901) of a path of member names and indexes. */
export function jsonPointer(path: readonly (string | number)[]): string {
  return path.map((step) => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}
