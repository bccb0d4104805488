import Joi from 'joi';
import type { Condition } from '../../../database/sql/binder';
import { invalidParameters } from '../../../problems/common-problems';
import { isWildcard, memberOf, wildcardOf, wildcardPattern } from '../../../schema/parameters/wildcard';
import { optional, type Shape } from '../../../schema/schema';
import { columnOf } from '../../definition/columns';
import type { Resource, VirtualFilter } from '../../definition/resource';
import { compare } from './comparison';
import { compareMember, memberFilters } from './member-filters';
import { operandInBody, operandSchema } from './operand-schema';
import { operatorsOf, parameterOf } from './operators';

interface Filter {
  readonly schema: Joi.Schema;
  readonly inBody: Joi.Schema;
  /** Returns the condition; `member` is the part of a parameter's name that its wildcard leaves open. */
  condition(value: never, member: string): Condition;
  readonly ofAnyNumber?: VirtualFilter['ofAnyNumber'];
}

type Query = Readonly<Record<string, unknown>>;

/* Parameters of every list. A field of such a name (the total of an order) has filters with an operator only. */
const RESERVED = new Set(['limit', 'cursor', 'page', 'sort', 'total', 'fields', 'include', 'q', 'deleted', 'facets', 'highlight']);
/* Each is a condition of its own, and a body may hold thousands. */
const MAX_MEMBERS = 10;

/** Returns the query parameters of the filters, for validation and the OpenAPI document. */
export function filterShape(resource: Resource): Shape {
  return Object.fromEntries([...filtersOf(resource)].map(([name, { schema }]) => [name, optional(schema)]));
}

/** Returns the schema of the filters in a JSON body: by the names of the parameters, with a list of values for `in` and `nin`. */
export function filterBody(resource: Resource): Joi.ObjectSchema {
  const filters = [...filtersOf(resource)];
  const named = filters.filter(([name]) => !isWildcard(name)).map(([name, { inBody }]) => [name, optional(inBody)]);
  return filters
    .filter(([name]) => isWildcard(name))
    .reduce((schema, [name, { inBody }]) => schema.pattern(wildcardPattern(name), inBody), Joi.object(Object.fromEntries(named)));
}

/**
 * Returns the conditions of a query's filters, sorted by name, so that equal lists have equal statements. Throws `invalid_parameters` (400)
 * for more than ten filters by members.
 */
export function filterConditions(resource: Resource, query: Query): Condition[] {
  const names = filterNames(resource, query);
  requireFewMembers(names);
  return names.map((name) => conditionOf(resource, name, query[name]));
}

/** Returns the conditions of those of a query's filters that may have any number of rows, in one of their forms. */
export function conditionsOfAnyNumber(resource: Resource, query: Query, form: 'lookup' | 'probe'): Condition[] {
  return filterNames(resource, query).flatMap((name) => filterOf(resource, name)?.ofAnyNumber?.[form](query[name]) ?? []);
}

/** Returns the conditions of a query's other filters. */
export function conditionsOfKnownNumber(resource: Resource, query: Query): Condition[] {
  return filterNames(resource, query)
    .filter((name) => !filterOf(resource, name)?.ofAnyNumber)
    .map((name) => conditionOf(resource, name, query[name]));
}

/** Returns the condition of one filter of a query. */
export function conditionOf(resource: Resource, name: string, value: unknown): Condition {
  return (filterOf(resource, name) as Filter).condition(value as never, memberOf(name));
}

/** Returns the names of a query's filters, sorted. */
export function filterNames(resource: Resource, query: Query): string[] {
  return Object.keys(query)
    .filter((name) => query[name] !== undefined && filterOf(resource, name))
    .sort();
}

function filterOf(resource: Resource, name: string): Filter | undefined {
  const filters = filtersOf(resource);
  return filters.get(name) ?? filters.get(wildcardOf(name) ?? '');
}

const cache = new WeakMap<Resource, ReadonlyMap<string, Filter>>();

/* The filters of a resource by query parameter: `price`, `price[gte]`, `attributes.*`. */
function filtersOf(resource: Resource): ReadonlyMap<string, Filter> {
  const known = cache.get(resource);
  if (known) return known;
  const filters = new Map<string, Filter>([...fieldFilters(resource), ...virtualFilters(resource)]);
  cache.set(resource, filters);
  return filters;
}

function* fieldFilters(resource: Resource): Generator<[string, Filter]> {
  for (const [name, field] of Object.entries(resource.fields)) {
    if (!field.filter) continue;
    const columnName = () => columnOf(resource.model(), name);
    if (field.filter === 'members') {
      for (const { parameter, operator, ...schemas } of memberFilters(name, field))
        yield [parameter, { ...schemas, condition: (value, member) => compareMember(columnName(), operator, member, value) }];
      continue;
    }
    for (const operator of operatorsOf(field)) {
      const parameter = parameterOf(name, operator);
      if (RESERVED.has(parameter)) continue;
      const schemas = { schema: operandSchema(field, operator), inBody: operandInBody(field, operator) };
      yield [parameter, { ...schemas, condition: (value) => compare(columnName(), field, operator, value) }];
    }
  }
}

function virtualFilters({ filters }: Resource): [string, Filter][] {
  return Object.entries(filters).map(([name, { field, ...filter }]) => [name, { schema: field.schema, inBody: field.schema, ...filter }]);
}

function requireFewMembers(names: readonly string[]): void {
  const excess = names.filter((name) => memberOf(name) !== '')[MAX_MEMBERS];
  if (excess === undefined) return;
  const message = `a query takes at most ${MAX_MEMBERS} filters by members`;
  throw invalidParameters.because(message, { errors: [{ pointer: excess, code: 'too_many', message }] });
}
