import type { Schema } from '../../../schema/schema';
import { FROM_TEXT, jsonPointer, STRICT, validate } from '../../../schema/validate';
import type { Resource, Values } from '../../definition/resource';
import { creationSchema, rowSchema } from '../../definition/schemas';
import { transferOf } from '../columns';
import type { ImportRow, RowKind, ValidatedRow } from './import-row';

/** Stands for the id of a related object, which is looked up later. */
const ANY_ID = '00000000-0000-0000-0000-000000000000';

/** Validates the rows of an import; what breaks a rule is refused. */
export class RowValidator {
  readonly #schemas: Schemas;
  readonly #key: string;
  readonly #references: readonly (readonly [column: string, field: string])[];
  readonly #options;
  #expected: RowKind = 'creation';

  constructor(resource: Resource, isText: boolean) {
    const { key, references = {} } = transferOf(resource);
    this.#schemas = schemasOf(resource);
    this.#key = key;
    this.#references = Object.entries(references).map(([column, { field }]) => [column, field]);
    this.#options = isText ? FROM_TEXT : STRICT;
  }

  /**
   * Validates a row before it is known whether its object exists, as what most rows before it were; where that turns out wrong, it is
   * validated again. So the rows of a batch are validated while PostgreSQL writes the batch before.
   */
  validateAhead(row: ImportRow): void {
    if (row.outcome === null) row.validated = this.#validated(row, this.#expected);
  }

  /** Tells what most rows were. */
  expect(kind: RowKind): void {
    this.#expected = kind;
  }

  /** Refuses a row without a valid key; another gets its key as it is stored. */
  requireKey(row: ImportRow): void {
    const { validated } = row;
    if (validated?.violations.length === 0 && validated.values[this.#key] !== undefined) {
      row.given.set(this.#key, validated.values[this.#key]);
      return;
    }
    const given = row.given.get(this.#key) ?? undefined;
    if (given === undefined) {
      row.refuse({ pointer: `/${this.#key}`, code: 'required', message: `${this.#key} is required` });
      return;
    }
    const { value, violations } = validate(this.#schemas.key, given, this.#options, () => `/${this.#key}`);
    if (violations.length > 0) row.refuse(...violations);
    row.given.set(this.#key, value);
  }

  /** Returns the values of a new object, with its defaults. */
  creation(row: ImportRow): Values {
    return this.#values(row, 'creation');
  }

  /** Returns what a row says of an object that exists. */
  change(row: ImportRow): Values {
    return this.#values(row, 'change');
  }

  #values(row: ImportRow, kind: RowKind): Values {
    const { values, violations } = row.validated?.as === kind ? row.validated : this.#validated(row, kind);
    if (violations.length > 0) row.refuse(...violations);
    const ids = this.#references.filter(([column]) => row.references.has(column)).map(([, field]) => [field, row.given.get(field)]);
    return ids.length === 0 ? values : { ...values, ...Object.fromEntries(ids) };
  }

  #validated({ given, references }: ImportRow, kind: RowKind): ValidatedRow {
    const values: Record<string, unknown> = Object.fromEntries(given);
    for (const [column, field] of this.#references) {
      if (references.has(column)) values[field] = references.get(column) === null ? null : ANY_ID;
    }
    const { value, violations } = validate(this.#schemas[kind], values, this.#options, jsonPointer);
    return { as: kind, values: value, violations };
  }
}

interface Schemas extends Readonly<Record<RowKind, Schema<Record<string, unknown>>>> {
  /** Of the key alone. */
  readonly key: Schema<unknown>;
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
