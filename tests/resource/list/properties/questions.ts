import fc from 'fast-check';
import type { Field, Kind } from '../../../../src/resource/definition/field';
import type { Resource } from '../../../../src/resource/definition/resource';
import { listShape } from '../../../../src/resource/query/list-query';
import { sortableNames } from '../../../../src/resource/query/order/sort';
import { joinChoices } from '../../../../src/schema/parameters/choices';
import type { Shop } from '../../../support/shop';
import type { Filter, Operator, Question, Subject } from './oracle';
import { words } from './rows';

/** The shape of a page, which does not change the rows of the list. */
export interface View {
  readonly limit: number;
  readonly fields: readonly string[] | null;
  readonly include: readonly string[];
}

/** The filters that a resource declares, with values that occur in its rows. */
export interface KnownFilter {
  readonly field: string;
  readonly operator: Operator;
  readonly kind: Kind;
  readonly values: readonly string[];
}

const AS_QUERIED: Readonly<Partial<Record<Kind, string>>> = {
  timestamp: `to_char(%s AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`,
};

/** Returns the filters of a resource's fields from its declaration, so that new ones are tested, too. */
export async function knownFilters(shop: Shop, { resource, table }: Subject): Promise<KnownFilter[]> {
  const known: KnownFilter[] = [];
  for (const name of Object.keys(listShape(resource))) {
    const [, fieldName = '', operator = 'eq'] = /^(\w+)(?:\[(\w+)\])?$/.exec(name) ?? [];
    const field = resource.fields[fieldName];
    if (!field || fieldName in resource.filters || (fieldName === 'total' && operator === 'eq')) continue;
    known.push({
      field: fieldName,
      operator: operator as Operator,
      kind: field.kind,
      values: await valuesOf(shop, table, fieldName, field),
    });
  }
  return known;
}

async function valuesOf(shop: Shop, table: string, name: string, { kind }: Field): Promise<string[]> {
  const column = name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  const text = AS_QUERIED[kind]?.replace('%s', column) ?? `${column}::text`;
  const rows = await shop.query<{ value: string }>(
    `SELECT DISTINCT ${text} AS value FROM ${table} WHERE ${column} IS NOT NULL ORDER BY 1 LIMIT 60`,
  );
  return rows.map(({ value }) => value);
}

/** Returns a random filter with values for its operator. */
export function filterOf({ field, operator, kind, values }: KnownFilter): fc.Arbitrary<Filter> {
  const value = fc.constantFrom(...values);
  return operands().map((given) => ({ field, operator, values: given }));

  function operands(): fc.Arbitrary<string[]> {
    switch (operator) {
      case 'isnull':
        return fc.constantFrom(['true'], ['false']);
      case 'in':
      case 'nin':
        return fc.array(fc.constantFrom(...values), { minLength: 1, maxLength: 4 });
      case 'contains':
      case 'startswith':
        return fc.oneof(value, part(value), words, fc.constantFrom('%', '_', '\\', '%a', 'A_')).map((text) => [text]);
      default:
        return (kind === 'text' && field === 'name' ? fc.oneof(value, words) : value).map((text) => [text]);
    }
  }
}

function part(text: fc.Arbitrary<string>): fc.Arbitrary<string> {
  return fc.tuple(text, fc.nat(10), fc.integer({ min: 1, max: 4 })).map(([whole, from, length]) => {
    const letters = [...whole];
    return letters.slice(from % letters.length, (from % letters.length) + length).join('');
  });
}

/** Returns random questions: some filters, some sort keys in both directions, with or without deleted rows. */
export function questions(subject: Subject, known: readonly KnownFilter[], mayRestore: boolean): fc.Arbitrary<Question> {
  const sortable = sortableNames(subject.resource).filter((name) => name in subject.resource.fields);
  const key = fc.tuple(fc.constantFrom(...sortable), fc.boolean());
  const sort = fc.uniqueArray(key, { minLength: 1, maxLength: 4, selector: ([name]) => name });
  const canShowDeleted = mayRestore && 'deletedAt' in subject.resource.fields;
  return fc.record({
    filters: fc
      .uniqueArray(fc.constantFrom(...known), { maxLength: 2, selector: ({ field, operator }) => `${field} ${operator}` })
      .chain((chosen) => fc.tuple(...chosen.map(filterOf))),
    sort: sort.map((keys) => keys.map(([name, descending]) => (descending ? `-${name}` : name))),
    deleted: canShowDeleted ? fc.constantFrom('without', 'with', 'only') : fc.constant('without' as const),
  });
}

/** Returns random page sizes, fields and includes. */
export function views({ fields, includes }: Resource): fc.Arbitrary<View> {
  return fc.record({
    limit: fc.oneof(fc.integer({ min: 3, max: 40 }), fc.constant(100)),
    fields: fc.option(fc.subarray(Object.keys(fields), { minLength: 1 })),
    include: fc.subarray(Object.keys(includes)),
  });
}

/** Returns the question as the query of a URL. */
export function written({ filters, sort, deleted }: Question): string {
  const pairs: [string, string][] = filters.map(({ field, operator, values }) => [
    operator === 'eq' ? field : `${field}[${operator}]`,
    operator === 'in' || operator === 'nin' ? joinChoices(values) : values.join(','),
  ]);
  if (sort.length > 0) pairs.push(['sort', sort.join(',')]);
  if (deleted !== 'without') pairs.push(['deleted', deleted]);
  return String(new URLSearchParams(pairs));
}
