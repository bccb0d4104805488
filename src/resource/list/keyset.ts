import type { Bind, Condition } from '../sql/binder';
import type { SortKey } from './sort';

/** The values of a row's sort keys as PostgreSQL writes them, so that no precision is lost; null where the column is. */
export type Position = readonly (string | null)[];

/** Which way a list goes on from a place, and whether the row of the place itself is still to come. */
export interface Way {
  readonly backwards: boolean;
  readonly inclusive: boolean;
}

/** A place in a list, and the way to go on from there. */
export interface Cursor extends Way {
  readonly position: Position;
}

/**
 * The conditions that a row comes after the place (before it, when backwards), one for each stretch of the list, nearest first:
 * an index serves each of them at any depth. Where all keys run one way and none is nullable that is a row comparison,
 * `(a, id) < (x, y)`; else the rows that share the longest part of the position come first, then those that share less, with NULL
 * where PostgreSQL sorts it: last ascending, first descending. (As one condition with OR, all rows before the place would be read.)
 */
export function stretches(keys: readonly SortKey[], { position, backwards, inclusive }: Cursor): readonly Condition[] {
  const directions = keys.map(({ descending }) => descending !== backwards);
  const isUniform = new Set(directions).size === 1 && keys.every(({ nullable }) => !nullable);
  if (isUniform) return [rowComparison(keys, position, sign(directions[0] === true, inclusive))];
  return keys
    .map((key, depth): Condition[] => {
      const shared = keys.slice(0, depth).map((earlier, index) => same(earlier, position[index] ?? null));
      const isLast = depth === keys.length - 1;
      return later(key, position[depth] ?? null, directions[depth] === true, isLast && inclusive).map((condition) =>
        all([...shared, condition]),
      );
    })
    .reverse()
    .flat();
}

function rowComparison(keys: readonly SortKey[], position: Position, comparison: string): Condition {
  return (alias, bind) => {
    const columns = keys.map(({ value }) => value(alias, bind)).join(', ');
    const values = keys.map(({ type }, index) => bind(position[index], type)).join(', ');
    return `(${columns}) ${comparison} (${values})`;
  };
}

function same({ value, type }: SortKey, at: string | null): Condition {
  return (alias, bind) => (at === null ? `${value(alias, bind)} IS NULL` : `${value(alias, bind)} = ${bind(at, type)}`);
}

function later({ value, type, nullable }: SortKey, at: string | null, descending: boolean, inclusive: boolean): Condition[] {
  const isNull: Condition = (alias, bind) => `${value(alias, bind)} IS NULL`;
  const isNotNull: Condition = (alias, bind) => `${value(alias, bind)} IS NOT NULL`;
  if (at === null) return descending ? [isNotNull] : [];
  const beyond: Condition = (alias, bind) => `${value(alias, bind)} ${sign(descending, inclusive)} ${bind(at, type)}`;
  return nullable && !descending ? [beyond, isNull] : [beyond];
}

function sign(descending: boolean, inclusive: boolean): string {
  return `${descending ? '<' : '>'}${inclusive ? '=' : ''}`;
}

function all(conditions: readonly Condition[]): Condition {
  return (alias: string, bind: Bind) => conditions.map((condition) => condition(alias, bind)).join(' AND ');
}
