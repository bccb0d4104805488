import type { Schema } from '../../../schema/schema';
import { FROM_TEXT, jsonPointer, STRICT, validate } from '../../../schema/validate';
import type { Resource, Values } from '../../definition/resource';
import { creationSchema, rowSchema } from '../../definition/schemas';
import { transferOf } from '../columns';
import type { ImportRow } from './import-row';

/** Validates the rows of an import; what breaks a rule is refused. */
export class RowValidator {
  readonly #schemas: Schemas;
  readonly #key: string;
  readonly #isText: boolean;

  constructor(resource: Resource, isText: boolean) {
    this.#schemas = schemasOf(resource);
    this.#key = transferOf(resource).key;
    this.#isText = isText;
  }

  /** Refuses a row without a valid key; another gets its key as it is stored. */
  requireKey(row: ImportRow): void {
    const given = row.given.get(this.#key) ?? undefined;
    if (given === undefined) {
      row.refuse({ pointer: `/${this.#key}`, code: 'required', message: `${this.#key} is required` });
      return;
    }
    const { value, violations } = validate(this.#schemas.key, given, this.#isText ? FROM_TEXT : STRICT, () => `/${this.#key}`);
    if (violations.length > 0) row.refuse(...violations);
    row.given.set(this.#key, value);
  }

  /** Returns the values of a new object, with its defaults. */
  creation(row: ImportRow): Values {
    return this.#validate(row, this.#schemas.creation, Object.fromEntries(row.given));
  }

  /** Returns what a row says of an object that exists. */
  change(row: ImportRow): Values {
    return this.#validate(row, this.#schemas.change, Object.fromEntries(row.given));
  }

  #validate(row: ImportRow, schema: Schema<Record<string, unknown>>, given: Values): Values {
    const { value, violations } = validate(schema, given, this.#isText ? FROM_TEXT : STRICT, jsonPointer);
    if (violations.length > 0) row.refuse(...violations);
    return value;
  }
}

interface Schemas {
  /** Of the key alone. */
  readonly key: Schema<unknown>;
  readonly creation: Schema<Record<string, unknown>>;
  readonly change: Schema<Record<string, unknown>>;
}

const known = new WeakMap<Resource, Schemas>();

function schemasOf(resource: Resource): Schemas {
  const { key } = transferOf(resource);
  const schemas = known.get(resource) ?? { key: keySchema(resource, key), creation: creationSchema(resource), change: rowSchema(resource) };
  known.set(resource, schemas);
  return schemas;
}

function keySchema({ fields }: Resource, key: string): Schema<unknown> {
  const field = fields[key];
  if (!field) throw new Error(`The key ${key} is no field.`);
  return field.schema.label(key);
}
