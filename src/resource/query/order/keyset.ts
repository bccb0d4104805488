import { allOf, type Condition } from '../../../database/sql/binder';
import type { SortKey } from './sort';

/** The values of a row's sort keys as PostgreSQL writes them, so that no precision is lost; null where the column is. */
export type Position = readonly (string | null)[];

/** Which way a list goes on from a position, and whether the row at the position is included. */
export interface Direction {
  readonly backwards: boolean;
  readonly inclusive: boolean;
}

/** What a keyset predicate depends on beside the values: the direction, and which values are null. */
export interface PositionShape extends Direction {
  readonly nulls: readonly boolean[];
}

/** Stands for the value of a sort key in a planned statement; each page binds its own. */
export class PositionValue {
  constructor(readonly key: number) {}
}

/** Returns what the keyset predicates of a position depend on. */
export function shapeOf({ position, backwards, inclusive }: Direction & { readonly position: Position }): PositionShape {
  return { backwards, inclusive, nulls: position.map((value) => value === null) };
}

/**
 * Returns the keyset predicates: conditions that a row comes after the position (before it, when backwards). There is one per range of
 * the index, nearest first, so that an index scan serves each at any depth; as one condition with OR, all rows before the position
 * would be read. Where all keys have one direction and none is nullable, that is one row comparison, `(a, id) < (x, y)`. Else the rows
 * that share the longest prefix of the position come first, then those that share less, with NULL where PostgreSQL sorts it: last
 * ascending, first descending. They bind `PositionValue`s.
 */
export function keysetPredicates(keys: readonly SortKey[], { nulls, backwards, inclusive }: PositionShape): readonly Condition[] {
  const descending = keys.map((key) => key.descending !== backwards);
  const isUniform = new Set(descending).size === 1 && keys.every(({ nullable }) => !nullable);
  if (isUniform) return [rowComparison(keys, comparison(descending[0] === true, inclusive))];
  const values = keys.map((_key, index) => (nulls[index] ? null : new PositionValue(index)));
  return keys
    .map((key, depth): Condition[] => {
      const prefix = keys.slice(0, depth).map((earlier, index) => sameValue(earlier, values[index] ?? null));
      const isLast = depth === keys.length - 1;
      const later = laterValue(key, values[depth] ?? null, descending[depth] === true, isLast && inclusive);
      return later.map((condition) => allOf([...prefix, condition]));
    })
    .reverse()
    .flat();
}

function rowComparison(keys: readonly SortKey[], operator: string): Condition {
  return (alias, bind) => {
    const columns = keys.map(({ value }) => value(alias, bind)).join(', ');
    const values = keys.map(({ type }, index) => bind(new PositionValue(index), type)).join(', ');
    return `(${columns}) ${operator} (${values})`;
  };
}

function sameValue({ value, type }: SortKey, at: PositionValue | null): Condition {
  return (alias, bind) => (at === null ? `${value(alias, bind)} IS NULL` : `${value(alias, bind)} = ${bind(at, type)}`);
}

function laterValue({ value, type, nullable }: SortKey, at: PositionValue | null, descending: boolean, inclusive: boolean): Condition[] {
  const isNull: Condition = (alias, bind) => `${value(alias, bind)} IS NULL`;
  const isNotNull: Condition = (alias, bind) => `${value(alias, bind)} IS NOT NULL`;
  if (at === null) return descending ? [isNotNull] : [];
  const beyond: Condition = (alias, bind) => `${value(alias, bind)} ${comparison(descending, inclusive)} ${bind(at, type)}`;
  return nullable && !descending ? [beyond, isNull] : [beyond];
}

function comparison(descending: boolean, inclusive: boolean): string {
  return `${descending ? '<' : '>'}${inclusive ? '=' : ''}`;
}
