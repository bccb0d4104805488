import type { Association, BelongsToMany, HasMany, Model, ModelStatic } from 'sequelize';
import type { Ctx } from '../../http/context';
import type { Include, Resource } from '../resource';
import { type Bind, type Condition, column, where } from './binder';
import { columnOf, deletedCondition, jsonValue, tableOf } from './table';

/** Which members of an object a read shows. */
export interface Representation {
  /** Field names, or null for all. */
  readonly fields: readonly string[] | null;
  readonly include: readonly string[];
}

/** All fields, and no relations. */
export const WHOLE: Representation = { fields: null, include: [] };

/** Whether the object's version tells all of what is shown. */
export function isWhole({ fields, include }: Representation): boolean {
  return fields === null && include.length === 0;
}

/**
 * The JSON object of one row, as text written by PostgreSQL: its fields, and each included relation as an aggregated
 * sub-select, so that rows are never multiplied by a join and the read stays one statement.
 */
export function projection(ctx: Pick<Ctx, 'actor'>, resource: Resource, representation: Representation, alias: string, bind: Bind): string {
  const members = [
    ...fieldMembers(resource, representation.fields, alias),
    ...representation.include.map((name) => `${included(ctx, resource, name, alias, bind)} AS "${name}"`),
  ];
  return `(SELECT row_to_json(o) FROM (SELECT ${members.join(', ')}) o)::text`;
}

function fieldMembers({ fields, model }: Resource, chosen: readonly string[] | null, alias: string): string[] {
  return Object.entries(fields)
    .filter(([name]) => chosen === null || chosen.includes(name))
    .map(([name, field]) => `${jsonValue(alias, columnOf(model(), name), field)} AS "${name}"`);
}

function included(ctx: Pick<Ctx, 'actor'>, parent: Resource, name: string, parentAlias: string, bind: Bind): string {
  const include = parent.includes[name] as Include;
  const association = parent.model().associations[name];
  if (!association) throw new Error(`${parent.name} includes ${name}, but its model has no such association.`);
  const alias = `${parentAlias}_${name}`;
  const related = include.resource();
  const conditions = [
    joined(association, parentAlias),
    ...deletedCondition(related.model(), include.withDeleted ? 'with' : 'without'),
    ...(include.seenWithParent ? [] : (related.scope?.(ctx) ?? [])),
  ];
  const source = `FROM ${tableOf(related.model())} ${alias}${where(conditions, alias, bind)}`;
  const rows = `SELECT ${fieldMembers(related, null, alias).join(', ')} ${source}`;
  if (!include.many) return `(SELECT row_to_json(o) FROM (${rows}) o)`;
  // An aggregate takes the rows of a sorted sub-query in their order: https://www.postgresql.org/docs/current/functions-aggregate.html
  return `(SELECT coalesce(json_agg(o), '[]'::json) FROM (${rows} ORDER BY ${order(include, related, alias)}) o)`;
}

function order({ orderBy }: Include, { model }: Resource, alias: string): string {
  const id = column(alias, 'id');
  return orderBy === undefined ? id : `${column(alias, columnOf(model(), orderBy))}, ${id}`;
}

/** How a related row belongs to its parent, by the association of the models. */
function joined(association: Association, parent: string): Condition {
  const key = association.foreignKey;
  switch (association.associationType) {
    case 'BelongsTo':
      return (alias) => `${column(alias, 'id')} = ${column(parent, columnOf(association.source, key))}`;
    case 'BelongsToMany':
      return (alias) => through(association as BelongsToMany, parent, alias);
    default:
      return (alias) => `${column(alias, columnOf((association as HasMany).target as ModelStatic<Model>, key))} = ${column(parent, 'id')}`;
  }
}

interface ThroughModel {
  readonly through: { readonly model: ModelStatic<Model> };
}

function through(association: BelongsToMany, parent: string, alias: string): string {
  const { model } = (association as unknown as ThroughModel).through;
  const link = `${alias}_link`;
  const toParent = column(link, columnOf(model, association.foreignKey));
  const toRelated = column(link, columnOf(model, association.otherKey));
  return `${column(alias, 'id')} IN (SELECT ${toRelated} FROM ${tableOf(model)} ${link} WHERE ${toParent} = ${column(parent, 'id')})`;
}
