import type Joi from 'joi';
import * as schemas from '../../schema/schema';

/** The largest integer that PostgreSQL keeps in four bytes. */
export const MAX_INTEGER = 2_147_483_647;

export type Kind = 'uuid' | 'text' | 'enum' | 'integer' | 'decimal' | 'money' | 'boolean' | 'timestamp' | 'date' | 'json';

/** Who may set the field: `required` and `optional` at creation and later, `create` at creation only, `never` by clients. */
export type Write = 'required' | 'optional' | 'create' | 'never';

export interface FieldOptions {
  readonly description: string;
  readonly write?: Write;
  readonly nullable?: boolean;
  /** What a creation without the field gets. */
  readonly default?: unknown;
  /** Whether lists are filtered by it; `exact`: a text by whole values only, for want of an index that finds parts. */
  readonly filter?: boolean | 'exact';
  readonly sort?: boolean;
  /** Text that is compared and sorted without regard to case, as its unique index has it. */
  readonly caseless?: boolean;
  readonly example?: unknown;
}

/** One member of a resource's representation: how it is checked, stored, read, filtered and sorted follows from its kind. */
export interface Field extends FieldOptions {
  readonly kind: Kind;
  readonly write: Write;
  readonly nullable: boolean;
  readonly filter: boolean | 'exact';
  readonly sort: boolean;
  /** Checks one value that is not null. */
  readonly schema: Joi.Schema;
}

export type Fields = Readonly<Record<string, Field>>;

function make(kind: Kind, schema: Joi.Schema, options: FieldOptions): Field {
  const described = schema.description(options.description);
  return {
    write: 'never',
    nullable: false,
    filter: false,
    sort: false,
    ...options,
    kind,
    schema: options.example === undefined ? described : described.example(options.example, { override: true }),
  };
}

type Text = FieldOptions & { readonly min?: number; readonly max: number; readonly pattern?: RegExp };
type Range = FieldOptions & { readonly min: number; readonly max: number };

/** The vocabulary of representations. */
export const field = {
  id: () => make('uuid', schemas.uuid(), { description: 'UUIDv7, made by the server.', filter: true, sort: true }),
  uuid: (options: FieldOptions) => make('uuid', schemas.uuid(), options),
  text: ({ min = 0, max, pattern, ...options }: Text) => make('text', schemas.text(min, max, pattern), options),
  oneOf: (values: readonly string[], options: FieldOptions) => make('enum', schemas.oneOf(...values), options),
  integer: ({ min, max, ...options }: Range) => make('integer', schemas.integer(min, max), options),
  decimal: ({ min, max, ...options }: Range) => make('decimal', schemas.decimalNumber(min, max), options),
  money: (options: FieldOptions) => make('money', schemas.money(), options),
  signedMoney: (options: FieldOptions) => make('money', schemas.signedMoney(), options),
  currency: (options: Omit<FieldOptions, 'description'> = {}) => make('text', schemas.currency(), { description: 'ISO 4217.', ...options }),
  flag: (options: FieldOptions) => make('boolean', schemas.flag(), options),
  timestamp: (options: FieldOptions) => make('timestamp', schemas.timestamp(), options),
  date: (options: FieldOptions) => make('date', schemas.date(), options),
  list: (schema: Joi.Schema, options: FieldOptions) => make('json', schema, options),
  json: ({ maxBytes, ...options }: FieldOptions & { readonly maxBytes: number }) => make('json', schemas.jsonObject(maxBytes), options),
} as const;

/** The members that every edited object ends with. */
export const stamps = {
  version: field.integer({ min: 1, max: MAX_INTEGER, description: 'Counts the changes; served as the ETag.' }),
  createdAt: field.timestamp({ description: 'When it was made.', filter: true, sort: true }),
  updatedAt: field.timestamp({ description: 'When it was last edited.', filter: true, sort: true }),
} as const;

/** When it was soft-deleted; null while it lives. */
export const deletedAt = field.timestamp({ description: 'When it was deleted; null while it lives.', nullable: true });
