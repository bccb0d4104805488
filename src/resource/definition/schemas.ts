import Joi from 'joi';
import { cursor, integer, matching, named, nullable, type Schema, type Shape, uuid } from '../../schema/schema';
import { MAX_LIMIT } from '../query/list-query';
import type { Field } from './field';
import type { Include, Resource } from './resource';

/** The body of a creation or replacement: what is required, and what is left out gets its default. */
export function creationSchema({ fields, one }: Resource): Schema<Record<string, unknown>> {
  return named(`New${componentName(one)}`, Joi.object(shapeOf(fields, ({ write }) => write !== 'never', creationMember)).required());
}

/** The body of a merge patch (RFC 7396), with the fields that can be changed. */
export function patchSchema({ fields, one }: Resource): Schema<Record<string, unknown>> {
  const shape = shapeOf(fields, ({ write }) => write === 'required' || write === 'optional', valueSchema);
  return named(`${componentName(one)}Patch`, Joi.object(shape).required());
}

/** One object as it is answered; members may be left out by `fields`, related ones come by `include`. */
export function objectSchema(resource: Resource): Joi.ObjectSchema {
  const members = shapeOf(resource.fields, () => true, memberSchema);
  const related = Object.entries(resource.includes).map(([name, include]) => [name, includedSchema(include)]);
  return named(componentName(resource.one), Joi.object({ ...members, ...Object.fromEntries(related) }));
}

/** A page as it is answered. */
export function pageSchema(resource: Resource): Schema {
  const count = integer(0, Number.MAX_SAFE_INTEGER);
  const place = nullable(cursor()).example(null);
  const page = Joi.object({
    data: Joi.array().items(objectSchema(resource)).max(MAX_LIMIT).required(),
    pagination: Joi.object({
      limit: integer(1, MAX_LIMIT).required(),
      hasNext: Joi.boolean().required(),
      nextCursor: place,
      prevCursor: place,
      page: integer(1, MAX_LIMIT * 100),
      pages: count,
      total: count,
      totalIsEstimate: Joi.boolean(),
    }).required(),
  });
  return named(`${componentName(resource.one)}Page`, page);
}

/** The path parameter of one object: its id, or its natural key where it has one. */
export function keyShape({ naturalKey, one }: Resource): { readonly id: Schema<string> } {
  const id = uuid().description(`The id of the ${one}.`).required();
  if (naturalKey === undefined) return { id };
  const key = new RegExp(`^([0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|${naturalKey}:[a-z0-9-]{1,240})$`);
  return {
    id: matching(Joi.string().lowercase().max(250), key, 250)
      .meta({ ready: key.source })
      .example('01890a5d-ac96-774b-bcce-b302099a8057')
      .description(`The id of the ${one}, or ${naturalKey}:<its ${naturalKey}>.`)
      .required() as Schema<string>,
  };
}

/** The name of a component: `stock-movement` is `StockMovement`. */
function componentName(name: string): string {
  return name
    .split('-')
    .map((part) => part.charAt(0).toUpperCase() + part.slice(1))
    .join('');
}

function includedSchema({ resource, many }: Include): Schema {
  const { one, fields, includes } = resource();
  const name = Object.keys(includes).length === 0 ? componentName(one) : `${componentName(one)}Alone`;
  const row = named(name, Joi.object(shapeOf(fields, () => true, memberSchema)));
  return many ? Joi.array().items(row).max(10_000) : row.allow(null);
}

function shapeOf(fields: Resource['fields'], isIn: (field: Field) => boolean, member: (field: Field) => Schema): Shape {
  return Object.fromEntries(
    Object.entries(fields)
      .filter(([, field]) => isIn(field))
      .map(([name, field]) => [name, member(field)]),
  );
}

/* In an example, what may be null is null, unless the field says more. */
function memberSchema(field: Field): Schema {
  const schema = valueSchema(field);
  return field.nullable && field.example === undefined ? schema.example(null, { override: true }) : schema;
}

function valueSchema(field: Field): Schema {
  return field.nullable ? field.schema.allow(null) : field.schema;
}

function creationMember(field: Field): Schema {
  const schema = valueSchema(field);
  if (field.write === 'required' || field.write === 'create') return schema.required();
  return field.default === undefined ? schema : schema.default(field.default);
}
