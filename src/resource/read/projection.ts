import { type Bind, column } from '../../database/sql/binder';
import { columnOf, jsonValue } from '../definition/columns';
import type { Field } from '../definition/field';
import type { GivenParameter, Include, ReadContext, Resource } from '../definition/resource';
import type { Representation } from '../query/representation';
import { type RelatedRows, relatedRows } from './related-rows';

/**
 * Returns the SQL that renders one row as JSON text: its fields, and each included relation or summary as a sub-select, so that no join
 * multiplies rows and the read stays one statement.
 */
export function projection(ctx: ReadContext, resource: Resource, representation: Representation, alias: string, bind: Bind): string {
  const given = givenOf(representation, bind);
  const members = [
    ...fieldMembers(ctx, resource, representation, alias, given),
    ...representation.include.map((name) => `${included(ctx, resource, name, alias, given, bind)} AS "${name}"`),
  ];
  return `(SELECT row_to_json(o) FROM (SELECT ${members.join(', ')}) o)::text`;
}

function fieldMembers(
  ctx: ReadContext,
  resource: Resource,
  { fields: chosen, parameters, isTimed }: Pick<Representation, 'fields' | 'parameters' | 'isTimed'>,
  alias: string,
  given: GivenParameter,
): string[] {
  const { fields, model, timed } = resource;
  const expressions = isTimed || parameters ? { ...resource.expressions, ...timed?.expressions } : resource.expressions;
  const valueFor = (name: string, field: Field) =>
    expressions?.[name]?.(ctx, alias, given) ?? jsonValue(alias, columnOf(model(), name), field);
  return Object.entries(fields)
    .filter(([name]) => chosen === null || chosen.includes(name))
    .map(([name, field]) => `${valueFor(name, field)} AS "${name}"`);
}

/* Each parameter is bound once, however many fields show what it changes. */
function givenOf({ parameters }: Representation, bind: Bind): GivenParameter {
  const bound = new Map<string, string>();
  return (name, type) => {
    if (parameters?.[name] === undefined) return null;
    const placeholder = bound.get(name) ?? bind(parameters[name], type);
    bound.set(name, placeholder);
    return placeholder;
  };
}

function included(ctx: ReadContext, parent: Resource, name: string, parentAlias: string, given: GivenParameter, bind: Bind): string {
  const summary = parent.summaries[name];
  if (summary) return summary.value(parentAlias);
  const values = relatedRows(ctx, parent, name, parentAlias, bind).map((related) => relatedValue(ctx, related, given));
  return values.length === 1 ? String(values[0]) : `coalesce(${values.join(', ')})`;
}

/* What is related shows what the parameters of the read say, too. */
function relatedValue(ctx: ReadContext, { include, resource, alias, source }: RelatedRows, given: GivenParameter): string {
  const rows = `SELECT ${fieldMembers(ctx, resource, { fields: null, isTimed: true }, alias, given).join(', ')} ${source}`;
  if (!include.many) return `(SELECT row_to_json(o) FROM (${rows}) o)`;
  // An aggregate takes the rows of a sorted sub-query in their order: https://www.postgresql.org/docs/current/functions-aggregate.html
  return `(SELECT coalesce(json_agg(o), '[]'::json) FROM (${rows} ORDER BY ${order(include, resource, alias)}) o)`;
}

function order({ orderBy }: Include, { model }: Resource, alias: string): string {
  const id = column(alias, 'id');
  return orderBy === undefined ? id : `${column(alias, columnOf(model(), orderBy))}, ${id}`;
}
