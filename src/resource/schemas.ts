import Joi from 'joi';
import { integer, nullable, type Schema, type Shape, text, uuid } from '../http/input/schema';
import type { Field } from './field';
import { MAX_LIMIT } from './list/grammar';
import type { Include, Resource } from './resource';

/** The body of a creation or replacement: what is required, and what is left out gets its default. */
export function creationSchema({ fields }: Resource): Schema<Record<string, unknown>> {
  return Joi.object(shapeOf(fields, ({ write }) => write !== 'never', creationMember)).required();
}

/** The body of a merge patch (RFC 7396), with the fields that can be changed. */
export function patchSchema({ fields }: Resource): Schema<Record<string, unknown>> {
  return Joi.object(shapeOf(fields, ({ write }) => write === 'required' || write === 'optional', valueSchema)).required();
}

/** One object as it is answered; members may be left out by `fields`, related ones come by `include`. */
export function objectSchema(resource: Resource): Joi.ObjectSchema {
  const members = shapeOf(resource.fields, () => true, valueSchema);
  const related = Object.entries(resource.includes).map(([name, include]) => [name, includedSchema(include)]);
  return Joi.object({ ...members, ...Object.fromEntries(related) });
}

/** A page as it is answered. */
export function pageSchema(resource: Resource): Schema {
  const count = integer(0, Number.MAX_SAFE_INTEGER);
  const cursor = nullable(text(1, 4_096));
  return Joi.object({
    data: Joi.array().items(objectSchema(resource)).max(MAX_LIMIT).required(),
    pagination: Joi.object({
      limit: integer(1, MAX_LIMIT).required(),
      hasNext: Joi.boolean().required(),
      nextCursor: cursor,
      prevCursor: cursor,
      page: integer(1, MAX_LIMIT * 100),
      pages: count,
      total: count,
      totalIsEstimate: Joi.boolean(),
    }).required(),
  });
}

/** The path parameter of one object: its id, or its natural key where it has one. */
export function keyShape({ naturalKey, one }: Resource): { readonly id: Schema<string> } {
  const id = uuid().description(`The id of the ${one}.`).required();
  if (naturalKey === undefined) return { id };
  const natural = Joi.string()
    .max(250)
    .pattern(new RegExp(`^${naturalKey}:[a-z0-9-]{1,240}$`));
  return {
    id: Joi.alternatives(id, natural)
      .description(`The id of the ${one}, or ${naturalKey}:<its ${naturalKey}>.`)
      .required() as Schema<string>,
  };
}

function includedSchema({ resource, many }: Include): Schema {
  const row = Joi.object(shapeOf(resource().fields, () => true, valueSchema));
  return many ? Joi.array().items(row).max(10_000) : row.allow(null);
}

function shapeOf(fields: Resource['fields'], isIn: (field: Field) => boolean, member: (field: Field) => Schema): Shape {
  return Object.fromEntries(
    Object.entries(fields)
      .filter(([, field]) => isIn(field))
      .map(([name, field]) => [name, member(field)]),
  );
}

function valueSchema(field: Field): Schema {
  return field.nullable ? field.schema.allow(null) : field.schema;
}

function creationMember(field: Field): Schema {
  const schema = valueSchema(field);
  if (field.write === 'required' || field.write === 'create') return schema.required();
  return field.default === undefined ? schema : schema.default(field.default);
}
