import Joi from 'joi';
import { type Condition, column } from '../../../database/sql/binder';
import { CHOICES, splitChoices } from '../../../schema/choices';
import { emptyComponents } from '../../../schema/json-schema/components';
import { jsonSchema } from '../../../schema/json-schema/json-schema';
import { signedMoney } from '../../../schema/money';
import { list as listOf, opaqueText, optional, type Shape } from '../../../schema/schema';
import { columnOf, comparable, SQL_TYPES } from '../../definition/columns';
import type { Field, Kind } from '../../definition/field';
import type { Resource } from '../../definition/resource';

const OPERATORS = ['eq', 'ne', 'gt', 'gte', 'lt', 'lte', 'in', 'nin', 'contains', 'startswith', 'isnull'] as const;
type Operator = (typeof OPERATORS)[number];

const MAX_CHOICES = 100;
const MAX_PART = 200;
const QUOTING = 'Values are separated by commas; one with a comma or a quote stands in double quotes, and a quote inside is doubled.';

const EQUALITY: readonly Operator[] = ['eq', 'ne', 'in', 'nin'];
const ORDER: readonly Operator[] = [...EQUALITY, 'gt', 'gte', 'lt', 'lte'];
const BY_KIND: Readonly<Record<Kind, readonly Operator[]>> = {
  uuid: EQUALITY,
  text: [...EQUALITY, 'contains', 'startswith'],
  enum: EQUALITY,
  integer: ORDER,
  decimal: ORDER,
  money: ORDER,
  boolean: ['eq', 'ne'],
  timestamp: ORDER,
  date: ORDER,
  json: [],
};

interface Filter {
  readonly schema: Joi.Schema;
  /** Of a JSON body, where it differs. */
  readonly inBody?: Joi.Schema;
  condition(value: never): Condition;
}

/* Parameters of every list. A field of such a name (the total of an order) has filters with an operator only. */
const RESERVED = new Set(['limit', 'cursor', 'page', 'sort', 'total', 'fields', 'include', 'q', 'deleted']);

const cache = new WeakMap<Resource, ReadonlyMap<string, Filter>>();

/* The filters of a resource by query parameter: `price`, `price[gte]`. */
function filtersOf(resource: Resource): ReadonlyMap<string, Filter> {
  const known = cache.get(resource);
  if (known) return known;
  const filters = new Map<string, Filter>();
  for (const [name, field] of Object.entries(resource.fields)) {
    if (!field.filter) continue;
    for (const operator of operatorsOf(field)) {
      const parameter = operator === 'eq' ? name : `${name}[${operator}]`;
      if (RESERVED.has(parameter)) continue;
      filters.set(parameter, {
        schema: operandSchema(field, operator),
        ...(isChoice(operator) && { inBody: choiceList(field).description(`${operator}: ${field.description}`) }),
        condition: (value) => compare(columnOf(resource.model(), name), field, operator, value),
      });
    }
  }
  for (const [name, { field, condition }] of Object.entries(resource.filters)) filters.set(name, { schema: field.schema, condition });
  cache.set(resource, filters);
  return filters;
}

function operatorsOf({ kind, nullable, filter }: Field): readonly Operator[] {
  const operators = filter === 'exact' ? EQUALITY : BY_KIND[kind];
  return nullable ? [...operators, 'isnull'] : operators;
}

/** Returns the query parameters of the filters, for validation and the OpenAPI document. */
export function filterShape(resource: Resource): Shape {
  return Object.fromEntries([...filtersOf(resource)].map(([name, { schema }]) => [name, optional(schema)]));
}

/** Returns the members of a filter in a JSON body: by the names of the parameters, with a list of values for `in` and `nin`. */
export function filterMembers(resource: Resource): Shape {
  return Object.fromEntries([...filtersOf(resource)].map(([name, { schema, inBody }]) => [name, optional(inBody ?? schema)]));
}

/** Returns the conditions of a query's filters, sorted by name, so that equal lists have equal statements. */
export function filterConditions(resource: Resource, query: Readonly<Record<string, unknown>>): Condition[] {
  const filters = filtersOf(resource);
  return filterNames(resource, query).map((name) => (filters.get(name) as Filter).condition(query[name] as never));
}

/** Returns the names of a query's filters, sorted. */
export function filterNames(resource: Resource, query: Readonly<Record<string, unknown>>): string[] {
  const filters = filtersOf(resource);
  return Object.keys(query)
    .filter((name) => query[name] !== undefined && filters.has(name))
    .sort();
}

function operandSchema(field: Field, operator: Operator): Joi.Schema {
  const description = `${operator}: ${field.description}`;
  switch (operator) {
    case 'in':
    case 'nin':
      return choices(field, description);
    case 'contains':
    case 'startswith':
      return opaqueText(1, MAX_PART).description(description);
    case 'isnull':
      return Joi.boolean().description(description);
    default:
      return operand(field).description(description);
  }
}

function isChoice(operator: Operator): boolean {
  return operator === 'in' || operator === 'nin';
}

function choiceList(field: Field): Joi.ArraySchema {
  return listOf(operand(field), 1, MAX_CHOICES);
}

/* A bound may lie beyond what the field can hold: nothing costs more than ten million. */
function operand({ kind, schema }: Field): Joi.Schema {
  return kind === 'money' ? signedMoney() : schema;
}

/* `a,b,c` arrives as one text; each part must be a value of the field. Values of other kinds than text hold neither comma nor quote. */
function choices(field: Field, description: string): Joi.Schema {
  const items = choiceList(field);
  const read: Joi.CustomValidator<string> = (given, helpers) => {
    const parts = splitChoices(given);
    if (parts === null) return helpers.error('string.quotes');
    const { value, error } = items.validate(parts);
    const [broken] = error?.details ?? [];
    return broken ? helpers.error(broken.type, broken.context) : value;
  };
  const text = Joi.string()
    .max(MAX_CHOICES * MAX_PART)
    .custom(read);
  if (field.kind !== 'text') return text.description(description).meta({ keywords: () => jsonSchema(items, 'input', emptyComponents()) });
  return text.description(`${description} ${QUOTING}`).meta({ pattern: CHOICES.source }).example('"Smith, Wesson",Acme');
}

function compare(name: string, field: Field, operator: Operator, value: unknown): Condition {
  const { kind, nullable, caseless } = field;
  const type = SQL_TYPES[kind];
  const subject = comparable(name, field);
  const operand: Condition = (_t, bind) => (caseless ? `lower(${bind(value, type)})` : bind(value, type));
  const operands: Condition = (_t, bind) =>
    caseless ? `ARRAY(SELECT lower(choice) FROM unnest(${bind(value, `${type}[]`)}) choice)` : bind(value, `${type}[]`);
  const simple =
    (sign: string): Condition =>
    (t, bind) =>
      `${subject(t, bind)} ${sign} ${operand(t, bind)}`;
  switch (operator) {
    case 'eq':
      return simple('=');
    case 'ne':
      return simple(nullable ? 'IS DISTINCT FROM' : '<>');
    case 'gt':
      return simple('>');
    case 'gte':
      return simple('>=');
    case 'lt':
      return simple('<');
    case 'lte':
      return simple('<=');
    case 'in':
      return (t, bind) => `${subject(t, bind)} = ANY(${operands(t, bind)})`;
    case 'nin':
      return (t, bind) => `(${subject(t, bind)} <> ALL(${operands(t, bind)})${nullable ? ` OR ${column(t, name)} IS NULL` : ''})`;
    case 'contains':
      return (t, bind) => `${column(t, name)} ILIKE ${bind(`%${escapeLike(String(value))}%`, 'text')}`;
    case 'startswith':
      return (t, bind) => `${column(t, name)} ILIKE ${bind(`${escapeLike(String(value))}%`, 'text')}`;
    case 'isnull':
      return (t) => `${column(t, name)} IS ${value === true ? '' : 'NOT '}NULL`;
  }
}

/* Escapes the wildcards of LIKE; stored text is in NFC. */
function escapeLike(part: string): string {
  return part.normalize('NFC').replace(/[\\%_]/g, '\\$&');
}
