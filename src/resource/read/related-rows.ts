import type { Association, BelongsToMany, HasMany, Model, ModelStatic } from 'sequelize';
import type { Ctx } from '../../context/context';
import { holds } from '../../context/permission';
import { type Bind, type Condition, column, where } from '../../database/sql/binder';
import { columnOf, deletedCondition, tableOf } from '../definition/columns';
import { type Include, kindsOfInclude, type ReadContext, type Resource } from '../definition/resource';

/** The related rows of a row. */
export interface RelatedRows {
  readonly include: Include;
  readonly resource: Resource;
  readonly alias: string;
  /** FROM and WHERE. */
  readonly source: string;
}

/**
 * Returns the related rows of an include that the actor sees; `parentAlias` names the row. A polymorphic include has those of each of its
 * associations, and one of them at most has a row.
 */
export function relatedRows(ctx: ReadContext, parent: Resource, name: string, parentAlias: string, bind: Bind): RelatedRows[] {
  return kindsOfInclude(parent, name).map(([association, include]) => rowsOf(ctx, parent, association, include, parentAlias, bind));
}

function rowsOf(ctx: ReadContext, parent: Resource, name: string, include: Include, parentAlias: string, bind: Bind): RelatedRows {
  const association = parent.model().associations[name];
  if (!association) throw new Error(`${parent.name} includes ${name}, but its model has no such association.`);
  const alias = `${parentAlias}_${name}`;
  const resource = include.resource();
  const conditions = [
    joinCondition(association, parentAlias),
    ...deletedCondition(resource.model(), mayShowDeleted(ctx, include, resource) ? 'with' : 'without'),
    ...(include.seenWithParent ? [] : (resource.scope?.(ctx) ?? [])),
  ];
  return { include, resource, alias, source: `FROM ${tableOf(resource.model())} ${alias}${where(conditions, alias, bind)}` };
}

/* An include shows no more than a read of the related resource does. */
function mayShowDeleted({ actor }: Pick<Ctx, 'actor'>, { withDeleted = false }: Include, { name }: Resource): boolean {
  return withDeleted && holds(actor, `${name}:restore`);
}

/* The join condition of the models' association. */
function joinCondition(association: Association, parent: string): Condition {
  const key = association.foreignKey;
  switch (association.associationType) {
    case 'BelongsTo':
      return (alias) => `${column(alias, 'id')} = ${column(parent, columnOf(association.source, key))}`;
    case 'BelongsToMany':
      return (alias) => throughCondition(association as BelongsToMany, parent, alias);
    default:
      return (alias) => `${column(alias, columnOf((association as HasMany).target as ModelStatic<Model>, key))} = ${column(parent, 'id')}`;
  }
}

interface ThroughModel {
  readonly through: { readonly model: ModelStatic<Model> };
}

function throughCondition(association: BelongsToMany, parent: string, alias: string): string {
  const { model } = (association as unknown as ThroughModel).through;
  const link = `${alias}_link`;
  const toParent = column(link, columnOf(model, association.foreignKey));
  const toRelated = column(link, columnOf(model, association.otherKey));
  return `${column(alias, 'id')} IN (SELECT ${toRelated} FROM ${tableOf(model)} ${link} WHERE ${toParent} = ${column(parent, 'id')})`;
}
