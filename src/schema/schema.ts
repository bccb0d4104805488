import Joi from 'joi';
import type { Format } from './format';
import { isBlank, lengthInCharacters, trimmed } from './text';

/*
 * Schemas are joi's, with types: one object validates, types the input of an endpoint and derives the OpenAPI document. Every string,
 * integer and array has a bound.
 */

export type Schema<T = unknown> = Joi.Schema<T>;
export type Shape = Readonly<Record<string, Schema>>;

/** The type of the values that a schema accepts. */
export type Parsed<S> = S extends Joi.Schema<infer T> ? T : never;

type OptionalKeys<S extends Shape> = { [K in keyof S]: undefined extends Parsed<S[K]> ? K : never }[keyof S];

/** The type of an object whose members are these schemas. */
export type ParsedShape<S extends Shape> = { readonly [K in Exclude<keyof S, OptionalKeys<S>>]: Parsed<S[K]> } & {
  readonly [K in OptionalKeys<S>]?: Exclude<Parsed<S[K]>, undefined>;
};

/** The part of `isStorable` that a pattern can say. */
const STORABLE = '^[^\\u0000]*$';
/* Of text that a reader sees something of. */
const NOT_BLANK = '^\\s*[^\\s\\u0000][^\\u0000]*$';
const UUID: Format = { pattern: /^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$/, rule: 'be an id (a UUID)' };
const UUID_LENGTH = 36;
const TIMESTAMP: Format = {
  pattern: /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,6})?(Z|[+-](0\d|1[0-4]):[0-5]\d)$/,
  rule: 'be a time such as 2026-11-28T00:00:00Z',
};
const DATE: Format = { pattern: /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/, rule: 'be a day such as 2026-11-28' };

/** Returns a schema that the OpenAPI document has as a named component. */
export function named<S extends Joi.Schema>(component: string, schema: S): S {
  return schema.meta({ component }) as S;
}

/** Returns a schema that the OpenAPI document writes as a reference to a named one, which may refer back: an object's related objects. */
export function reference(component: string, define: () => Schema): Joi.ObjectSchema {
  return Joi.object().meta({ reference: { component, define } });
}

/** Returns the schema of an object with exactly these members; each is required unless wrapped in `optional` or `defaulted`. */
export function object<S extends Shape>(shape: S): Joi.ObjectSchema<ParsedShape<S>> {
  return Joi.object(mapShape(shape)).required() as Joi.ObjectSchema<ParsedShape<S>>;
}

function mapShape(shape: Shape): Record<string, Schema> {
  return Object.fromEntries(Object.entries(shape).map(([name, schema]) => [name, hasPresence(schema) ? schema : schema.required()]));
}

/* Not `describe()`: that takes as long as making a schema, and the start makes hundreds. */
function hasPresence(schema: Schema): boolean {
  return schema.$_getFlag('presence') !== undefined;
}

/** Returns the schema of a member that may be absent. */
export function optional<T>(schema: Schema<T>): Schema<T | undefined> {
  return schema.optional() as Schema<T | undefined>;
}

/** Returns the schema of a member that has this value when it is absent. */
export function defaulted<T>(schema: Schema<T>, value: T): Schema<T> {
  return schema.optional().default(value as string);
}

/** Returns a schema that accepts null, too. */
export function nullable<T>(schema: Schema<T>): Schema<T | null> {
  return schema.allow(null) as Schema<T | null>;
}

/**
 * Returns the schema of text of `min` to `max` characters that PostgreSQL can store: no U+0000, no lone surrogate. It is stored in
 * Unicode NFC and without white space around it; where it has to have a character, it has to have a visible one.
 */
export function text(min: number, max: number, format?: Format): Joi.StringSchema<string> {
  const schema = Joi.string()
    .custom(tidied(min, max, !format))
    .custom(ofLength(min, max))
    .custom(storable)
    .meta(lengths(min, max));
  const bounded = min === 0 ? schema.allow('') : schema;
  if (!format) return bounded.meta({ pattern: min === 0 ? STORABLE : NOT_BLANK });
  // NFC comes last: it makes a plain K of the Kelvin sign, which the pattern would let pass.
  return matching(bounded, format, max).custom((value: string) => (value.length > 2 * max ? value : value.normalize('NFC')));
}

/** Returns the schema of text that is taken as it comes, such as a password: what PostgreSQL can store, and nothing else about it. */
export function opaqueText(min: number, max: number): Joi.StringSchema<string> {
  return Joi.string()
    .custom(ofLength(min, max))
    .custom(storable)
    .meta({ ...lengths(min, max), pattern: STORABLE });
}

const lengths = (min: number, max: number) => ({ ...(min > 0 && { minLength: min }), maxLength: max });

/* joi's own rules count UTF-16 units. */
function ofLength(min: number, max: number): Joi.CustomValidator<string> {
  return (value, helpers) => {
    const characters = lengthInCharacters(value, max);
    if (characters < min) return helpers.error('string.min', { limit: min });
    return characters > max ? helpers.error('string.max', { limit: max }) : value;
  };
}

/* NFC makes text shorter, by a quarter at most; what is too long all the same is left to the rule of its length. */
function tidied(min: number, max: number, composes: boolean): Joi.CustomValidator<string> {
  return (value, helpers) => {
    if (value.length > 4 * max || !isStorable(value)) return value;
    const tidy = trimmed(composes ? value.normalize('NFC') : value);
    if (!isBlank(tidy)) return tidy;
    return min === 0 ? '' : helpers.error('string.blank');
  };
}

/**
 * Requires text of at most `max` characters, two units each at most, to have the format. Joi runs every rule even where the length is
 * wrong already (`abortEarly: false`), so a pattern of joi's own would run over whatever a client sends; this one never sees longer text.
 */
export function matching<T extends string>(schema: Joi.StringSchema<T>, format: Format, max: number): Joi.StringSchema<T> {
  return schema
    .custom((value: string, helpers) =>
      value.length > 2 * max || format.pattern.test(value) ? value : helpers.error('string.format', { rule: format.rule }),
    )
    .meta({ pattern: format.pattern.source });
}

const storable: Joi.CustomValidator<string> = (value, helpers) => (isStorable(value) ? value : helpers.error('string.storable'));

/** Returns whether PostgreSQL can store the text: it refuses U+0000, and UTF-8 has no lone surrogates. */
export function isStorable(value: string): boolean {
  return !value.includes('\u0000') && value.isWellFormed();
}

/** Returns the schema of a UUID in its hyphenated form; as RFC 9562 asks, capitals are accepted and made small. */
export function uuid(): Joi.StringSchema<string> {
  return Joi.string()
    .custom((value: string, helpers) => {
      // The length goes first, so that the pattern never sees longer text; a wrong length is no second fault.
      const isUuid = value.length === UUID_LENGTH && UUID.pattern.test(value);
      return isUuid ? value.toLowerCase() : helpers.error('string.format', { rule: UUID.rule });
    })
    .meta({ minLength: UUID_LENGTH, maxLength: UUID_LENGTH, pattern: UUID.pattern.source, format: 'uuid' })
    .example('01890a5d-ac96-774b-bcce-b302099a8057');
}

/** Returns the schema of an integer within bounds. */
export function integer(min: number, max: number): Joi.NumberSchema<number> {
  return Joi.number().integer().min(min).max(max);
}

/** Returns the schema of a number within bounds. */
export function decimalNumber(min: number, max: number): Joi.NumberSchema<number> {
  return Joi.number().min(min).max(max);
}

/** Returns the schema of a boolean. */
export function flag(): Joi.BooleanSchema<boolean> {
  return Joi.boolean();
}

/** Returns the schema of an RFC 3339 time with a zone. */
export function timestamp(): Joi.StringSchema<string> {
  return time(TIMESTAMP, 32).meta({ format: 'date-time' }).example('2026-01-31T12:00:00.000Z');
}

/** Returns the schema of a calendar day, `YYYY-MM-DD`. */
export function date(): Joi.StringSchema<string> {
  return time(DATE, 10).meta({ format: 'date' }).example('2026-01-31');
}

function time({ pattern, rule }: Format, max: number): Joi.StringSchema<string> {
  const written: Joi.CustomValidator<string> = (value, helpers) => {
    if (value.length > max) return value;
    if (!pattern.test(value)) return helpers.error(LOST_PLUS.test(value) ? 'string.plus' : 'string.format', { rule });
    return isRealTime(value) ? value : helpers.error('string.realTime');
  };
  return Joi.string().max(max).custom(written).meta({ pattern: pattern.source });
}

/* In a URL an unencoded plus is a space. */
const LOST_PLUS = /T[\d:.]{5,15} \d\d:\d\d$/;

const LAST_MOMENT = Date.parse('9999-12-31T23:59:59.999Z');

/* The pattern accepts 31 February, and a zone can make a year of five digits: both are refused here. */
function isRealTime(value: string): boolean {
  const day = new Date(`${value.slice(0, 10)}T00:00:00Z`);
  const isDay = !Number.isNaN(day.getTime()) && day.toISOString().startsWith(value.slice(0, 10)) && !value.startsWith('0000');
  return isDay && Date.parse(value) <= LAST_MOMENT;
}

/** Returns the schema of one of these strings. */
export function oneOf<const T extends string>(...values: readonly T[]): Joi.StringSchema<T> {
  return Joi.string().valid(...values) as Joi.StringSchema<T>;
}

/** Returns the schema of an array of `min` to `max` items. */
export function list<T>(items: Schema<T>, min: number, max: number): Joi.ArraySchema<T[]> {
  // Required items would make joi report a second, misleading rule ("does not contain 1 required value(s)") beside each broken one.
  return Joi.array().items(items.optional()).min(min).max(max) as Joi.ArraySchema<T[]>;
}

/** Returns the schema of any JSON object of at most `maxBytes` as JSON, whose texts PostgreSQL can store. */
export function jsonObject(maxBytes: number): Joi.ObjectSchema<Record<string, unknown>> {
  return Joi.object()
    .unknown(true)
    .meta({ additionalProperties: true, 'x-max-bytes': maxBytes })
    .example({})
    .custom((value: unknown, helpers) => {
      const json = JSON.stringify(value);
      if (Buffer.byteLength(json) > maxBytes) return helpers.error('object.bytes', { maxBytes });
      return isStorableJson(json) ? value : helpers.error('string.storable');
    }) as Joi.ObjectSchema<Record<string, unknown>>;
}

/* JSON.stringify escapes U+0000 and lone surrogates, so one escape after the other is looked at; an escaped backslash is one, too. */
function isStorableJson(json: string): boolean {
  for (const [, forbidden] of json.matchAll(/\\(?:(u0000|ud[89a-f])|.)/gi)) if (forbidden !== undefined) return false;
  return true;
}
