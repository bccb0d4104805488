import type { Condition } from '../../../database/sql/binder';
import { invalidParameters } from '../../../problems/common-problems';
import { columnOf, comparable, SQL_TYPES } from '../../definition/columns';
import type { Field } from '../../definition/field';
import type { Resource, VirtualSort } from '../../definition/resource';

/** One key of a list's order. */
export interface SortKey {
  readonly name: string;
  readonly descending: boolean;
  readonly nullable: boolean;
  /** The PostgreSQL type of its values. */
  readonly type: string;
  readonly value: Condition;
}

/** The sort by how well a row matches `q`, of resources with full-text search. */
export const RELEVANCE = 'relevance';
/** The most fields of a sort. */
export const MAX_KEYS = 4;

/**
 * Returns the sort keys of a text like `-createdAt,name`, with the id in the direction of the last key at the end, so that the order is
 * total; `rank` says how well a row matches `q`. Throws `invalid_parameters` (400).
 */
export function sortKeys(resource: Resource, sort: string, rank: Condition | null): readonly SortKey[] {
  const keys = sort.split(',').map((part) => sortKey(resource, part, rank));
  const names = keys.map(({ name }) => name);
  if (keys.length > MAX_KEYS) throw invalidSort(`sort takes at most ${MAX_KEYS} fields`, 'too_many');
  if (new Set(names).size < names.length) throw invalidSort('sort names a field twice', 'duplicate');
  const at = names.indexOf('id');
  if (at >= 0) return keys.slice(0, at + 1);
  return [...keys, fieldKey(resource, 'id', keys.at(-1)?.descending ?? false)];
}

const sortable = new WeakMap<Resource, readonly string[]>();

/** Returns the names that a resource's lists can be sorted by. */
export function sortableNames(resource: Resource): readonly string[] {
  const known = sortable.get(resource);
  if (known) return known;
  const fields = Object.entries(resource.fields).filter(([, { sort }]) => sort);
  const names = [...fields.map(([name]) => name), ...Object.keys(resource.sorts ?? {}), ...(resource.search ? [RELEVANCE] : [])];
  sortable.set(resource, names);
  return names;
}

/** Returns the ORDER BY of the keys; `backwards` reverses every direction. */
export function orderBy(keys: readonly SortKey[], alias: string, bind: Parameters<Condition>[1], backwards: boolean): string {
  return keys.map(({ value, descending }) => `${value(alias, bind)} ${descending !== backwards ? 'DESC' : 'ASC'}`).join(', ');
}

function sortKey(resource: Resource, part: string, rank: Condition | null): SortKey {
  const descending = part.startsWith('-');
  const name = descending ? part.slice(1) : part;
  if (!sortableNames(resource).includes(name)) {
    throw invalidSort(`sort cannot be by "${name.slice(0, 50)}"; allowed: ${sortableNames(resource).join(', ')}`, 'not_allowed');
  }
  const virtual = resource.sorts?.[name];
  if (virtual) return virtualKey(resource, name, virtual, !descending);
  if (name !== RELEVANCE) return fieldKey(resource, name, descending);
  if (!rank) throw invalidSort('sort by relevance needs q', 'not_allowed');
  return { name, descending, nullable: false, type: 'float8', value: rank };
}

function virtualKey(resource: Resource, name: string, { attribute, kind }: VirtualSort, descending: boolean): SortKey {
  const value = comparable(columnOf(resource.model(), attribute), {});
  return { name, descending, nullable: false, type: SQL_TYPES[kind], value };
}

function fieldKey(resource: Resource, name: string, descending: boolean): SortKey {
  const field: Pick<Field, 'kind' | 'nullable' | 'caseless'> = resource.fields[name] ?? { kind: 'uuid', nullable: false };
  const value = comparable(columnOf(resource.model(), name), field);
  return { name, descending, nullable: field.nullable, type: SQL_TYPES[field.kind], value };
}

function invalidSort(message: string, code: string) {
  return invalidParameters.because(message, { errors: [{ pointer: 'sort', code, message }] });
}
