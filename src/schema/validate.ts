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
    'string.gtin': '{{#label}} must be a GTIN (EAN, UPC) of 8, 12, 13 or 14 digits whose last one is its check digit',
    'string.reserved': '{{#label}} is reserved; choose another',
    'password.characters': '{{#label}} must not contain control characters, or characters that Unicode does not have',
    'password.guessable': '{{#label}} is too easy to guess: it is common, a pattern, or the name of the account, or little more',
    'string.format': '{{#label}} must {{#rule}}',
    'operation.repeated': '{{#label}} is the object of operation {{#other}}, too: merge operations {{#other}} and {{#at}}',
    'any.invalid': '{{#label}} must not be {{#value}}',
    'number.infinity': '{{#label}} is too {if(#value < 0, "small", "large")} a number',
    'number.unsafe': '{{#label}} is too {if(#value < 0, "small", "large")} a number',
    'string.blank': '{{#label}} must not be blank',
    'string.plus': '{{#label}} has a space where its offset begins: write + as %2B in a URL',
    'string.quotes': '{{#label}} has a stray quote: write a value with a comma or a quote in quotes, and a quote inside twice',
    'money.format': '{{#label}} must be an amount such as {{#example}}, with no more decimals than its currency has',
    'money.max': '{{#label}} must be at most {{#limit}}',
    'money.positive': '{{#label}} must be greater than 0',
    'money.min': '{{#label}} must be at least {{#limit}}',
    'money.decimals': '{{#label}} must have at most {{#decimals}} decimals, as {{#currency}} has',
    'address.country': '{{#label}} must name its country by two capital letters (ISO 3166-1), such as DE',
    'money.currency': '{{#label}} must be the ISO 4217 code of a currency in use, such as USD',
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
  'string.format': 'wrong_format',
  'string.storable': 'unstorable_text',
  'string.realTime': 'wrong_format',
  'string.blank': 'blank',
  'string.plus': 'wrong_format',
  'string.quotes': 'wrong_format',
  'money.format': 'wrong_format',
  'money.max': 'too_large',
  'money.positive': 'too_small',
  'money.min': 'too_small',
  'money.decimals': 'too_precise',
  'money.currency': 'not_allowed',
  'address.country': 'wrong_format',
  'string.gtin': 'wrong_format',
  'string.reserved': 'reserved',
  'password.characters': 'wrong_format',
  'password.guessable': 'too_guessable',
  'number.min': 'too_small',
  'number.max': 'too_large',
  'number.unsafe': 'too_large',
  'number.infinity': 'too_large',
  'array.min': 'too_few',
  'array.max': 'too_many',
  'array.unique': 'duplicate',
  'operation.repeated': 'duplicate',
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
  const result = preferring(schema, options).validate(value);
  if (!result.error) return { value: result.value as T, violations: [] };
  const violations = withoutConsequences(result.error.details).map(({ path, type, message }) => ({
    pointer: pointerOf(path),
    code: violationCode(type),
    message,
  }));
  return { value: result.value as T, violations };
}

const preferred = new WeakMap<Joi.ValidationOptions, WeakMap<Schema, Schema>>();

/* Joi merges the options of a schema once, and those of a call at each call, which takes a fifth of the time of a small object. */
function preferring<T>(schema: Schema<T>, options: Joi.ValidationOptions): Schema<T> {
  const schemas = preferred.get(options) ?? new WeakMap<Schema, Schema>();
  preferred.set(options, schemas);
  const known = schemas.get(schema) ?? schema.prefs({ ...options, ...MESSAGES });
  schemas.set(schema, known);
  return known as Schema<T>;
}

/* Joi goes on with the rules of a value that is blank: it is too short then, and of the wrong format. */
function withoutConsequences(details: readonly Joi.ValidationErrorItem[]): readonly Joi.ValidationErrorItem[] {
  const blanks = details.filter(({ type }) => type === 'string.blank').map(({ path }) => jsonPointer(path));
  return blanks.length === 0 ? details : details.filter(({ path, type }) => type === 'string.blank' || !blanks.includes(jsonPointer(path)));
}

/** Returns the JSON pointer (RFC 6901) of a path of member names and indexes. */
export function jsonPointer(path: readonly (string | number)[]): string {
  return path.map((step) => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}
