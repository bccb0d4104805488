import Joi from 'joi';
import type { Violation } from '../../problems/problem';
import { inCurrencyBeside } from '../../schema/money';
import { matching, named, optional, reference, type Schema, type Shape, uuid } from '../../schema/schema';
import type { Field } from './field';
import { type Include, isPolymorphic, type PolymorphicInclude, type Resource } from './resource';

const VERSION =
  'The version that the client has: refuses the change (412) where another edit came after it. A sale or stock movement in between does not count.';

/** Returns the schema of a creation or replacement: required fields, and defaults for those left out. */
export const creationSchema = oncePerResource(({ fields, one }) => {
  const shape = shapeOf(
    fields,
    ({ write }) => write !== 'never' && write !== 'change',
    (field) => creationMember(field, fields),
  );
  return named(`New${componentName(one)}`, namingDoors(fields, Joi.object(shape).required()));
});

/** Returns the schema of a merge patch (RFC 7396): the fields that can be changed, and the version that the client has edited. */
export const patchSchema = oncePerResource(({ fields, one }) => {
  const shape = { ...shapeOf(fields, isEditable, (field) => inCurrency(valueSchema(field), field)), ...versionShape(fields) };
  return named(`${componentName(one)}Patch`, namingDoors(fields, Joi.object(shape).required()));
});

/** Returns the schema of what a row of a file says of an object, by the fields that a client may ever set. */
export function rowSchema({ fields }: Resource): Schema<Record<string, unknown>> {
  return Joi.object(
    shapeOf(
      fields,
      ({ write }) => write !== 'never',
      (field) => inCurrency(valueSchema(field), field),
    ),
  );
}

/** Returns the schema of an object in a response; `fields` leaves members out, `include` adds related objects and summaries. */
export function objectSchema(resource: Resource): Joi.ObjectSchema {
  const members = shapeOf(resource.fields, () => true, memberSchema);
  const related = Object.entries(resource.includes).map(([name, include]) => [name, includedSchema(include)]);
  const summaries = Object.entries(resource.summaries).map(([name, { schema }]) => [name, optional(schema())]);
  const added = Object.fromEntries([...related, ...summaries]);
  return named(componentName(resource.one), Joi.object({ ...members, ...added, ...highlightsShape(resource) }));
}

/** Returns the path parameter of one object: its id, or its natural key where it has one. */
export function keyShape({ naturalKey, one }: Resource): { readonly id: Schema<string> } {
  const id = uuid().description(`The id of the ${one}.`).required();
  if (naturalKey === undefined) return { id };
  const key = {
    pattern: new RegExp(`^([0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|${naturalKey}:[a-z0-9-]{1,240})$`),
    rule: `be an id (a UUID), or ${naturalKey}: and the ${naturalKey}`,
  };
  return {
    id: matching(Joi.string().lowercase().max(250), key, 250)
      .example('01890a5d-ac96-774b-bcce-b302099a8057')
      .description(`The id of the ${one}, or ${naturalKey}:<its ${naturalKey}>.`)
      .required() as Schema<string>,
  };
}

/** Returns whether PATCH may change a field. */
export function isEditable({ write }: Field): boolean {
  return write === 'required' || write === 'optional' || write === 'change';
}

/** Returns the violation of a body that changes a field which has an endpoint of its own for that. */
export function doorViolation(name: string, { changedBy }: Field): Violation {
  return { pointer: `/${name}`, code: 'read_only', message: `${name} is read-only here; ${changedBy} changes it` };
}

/** Returns the name of a component: `StockMovement` for `stock-movement`. */
export function componentName(name: string): string {
  return name
    .split('-')
    .map((part) => part.charAt(0).toUpperCase() + part.slice(1))
    .join('');
}

/* Making a schema takes as long as validating by it a hundred times. */
function oncePerResource(make: (resource: Resource) => Schema<Record<string, unknown>>) {
  const made = new WeakMap<Resource, Schema<Record<string, unknown>>>();
  return (resource: Resource): Schema<Record<string, unknown>> => {
    const schema = made.get(resource) ?? make(resource);
    made.set(resource, schema);
    return schema;
  };
}

/* A precondition, not a value: no patch sets it. */
function versionShape({ version }: Resource['fields']): Shape {
  return version === undefined ? {} : { version: version.schema.description(VERSION) };
}

/* A field that is known, but changed elsewhere, is no unknown field: the message names the endpoint that changes it. */
function namingDoors(fields: Resource['fields'], schema: Joi.ObjectSchema): Joi.ObjectSchema {
  return schema.error((errors) => {
    for (const error of errors) {
      const [name] = error.path;
      const field = fields[String(name)];
      if (error.code !== 'object.unknown' || error.path.length !== 1 || field?.changedBy === undefined) continue;
      error.code = 'any.readOnly';
      error.message = doorViolation(String(name), field).message;
    }
    return errors;
  });
}

/* Of a list with `highlight=true`. */
function highlightsShape({ search }: Resource): Shape {
  return search ? { highlights: Joi.object(search.highlights) } : {};
}

function includedSchema(include: Include | PolymorphicInclude): Schema {
  if (isPolymorphic(include)) return Joi.alternatives(...Object.values(include.oneOf).map(includedSchema));
  const { resource, many } = include;
  const related = resource();
  const row = reference(componentName(related.one), () => objectSchema(related));
  return many ? Joi.array().items(row).max(10_000) : row.allow(null);
}

function shapeOf(fields: Resource['fields'], isIn: (field: Field) => boolean, member: (field: Field) => Schema): Shape {
  return Object.fromEntries(
    Object.entries(fields)
      .filter(([, field]) => isIn(field))
      .map(([name, field]) => [name, member(field)]),
  );
}

/* In an example a nullable member is null, unless the field has an example. */
function memberSchema(field: Field): Schema {
  const schema = field.nullableByParameter ? field.schema.allow(null) : valueSchema(field);
  return field.nullable && field.example === undefined ? schema.example(null, { override: true }) : schema;
}

function valueSchema(field: Field): Schema {
  return field.nullable ? field.schema.allow(null) : field.schema;
}

function creationMember(field: Field, fields: Resource['fields']): Schema {
  const schema = inCurrency(valueSchema(field), field, fields[field.currency ?? '']?.default);
  if (field.write === 'required' || field.write === 'fixed') return schema.required();
  return field.default === undefined ? schema : schema.default(field.default);
}

/* Where a patch names an amount without its currency, the write checks it against the object's. */
function inCurrency(schema: Schema, { currency }: Field, absent?: unknown): Schema {
  return currency === undefined ? schema : inCurrencyBeside(schema, currency, absent as string | undefined);
}
