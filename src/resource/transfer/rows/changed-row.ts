import { isDeepStrictEqual } from 'node:util';
import type { Field } from '../../definition/field';
import type { Resource, Values } from '../../definition/resource';
import { doorViolation, isEditable } from '../../definition/schemas';
import type { ImportRow } from './import-row';
import type { LinkIds } from './keys/resolve-keys';

/** What a row changes of an object. */
export interface RowChange {
  /** A JSON Merge Patch of the fields that differ. */
  readonly patch: Values;
  /** The columns of links that differ. */
  readonly links: readonly string[];
}

/** Returns the difference of a row from the object as it stands; refuses a row that differs in what only another endpoint changes. */
export function changedRow(resource: Resource, values: Values, current: Values, row: ImportRow, linkIds: LinkIds): RowChange {
  const patch: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(values)) {
    const field = resource.fields[name] as Field;
    if (row.forNewOnly.has(name)) continue;
    const isReference = !(name in current);
    if (isReference ? isSameReference(resource, name, row, current) : isSame(field, value, current[name])) continue;
    if (isEditable(field)) patch[name] = field.kind === 'json' ? replacing(current[name], value) : value;
    else row.refuse(doorViolation(name, field));
  }
  const links = [...linkIds.keys()].filter((name) => row.links.has(name) && !isSameSet(row.links.get(name) ?? [], current[name]));
  return { patch, links };
}

/* The row names the related object by its key, which was read in the place of its id. */
function isSameReference({ transfer }: Resource, field: string, row: ImportRow, current: Values): boolean {
  const [column] =
    Object.entries(transfer?.references ?? {}).find(([name, each]) => each.field === field && row.references.has(name)) ?? [];
  return column !== undefined && (row.references.get(column) ?? null) === current[column];
}

function isSame({ kind }: Field, value: unknown, current: unknown): boolean {
  if (value === null || current === null) return value === current;
  switch (kind) {
    case 'integer':
    case 'decimal':
    case 'money':
      return Number(value) === Number(current);
    case 'timestamp':
      return Date.parse(String(value)) === Date.parse(String(current));
    case 'json':
      return isDeepStrictEqual(value, current);
    default:
      return value === current;
  }
}

function isSameSet(keys: readonly string[], current: unknown): boolean {
  return isDeepStrictEqual([...new Set(keys)].sort(), [...(current as readonly string[])].sort());
}

/* A merge patch that leaves exactly the value: it removes the members that the value lacks. */
function replacing(current: unknown, value: unknown): unknown {
  if (!isObject(current) || !isObject(value)) return value;
  const removed = Object.keys(current).filter((name) => !(name in value));
  return Object.fromEntries([
    ...removed.map((name): [string, unknown] => [name, null]),
    ...Object.entries(value).map(([name, member]): [string, unknown] => [name, replacing(current[name], member)]),
  ]);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
