import type { Bind, Condition } from '../../database/sql/binder';
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

/** What conditions need to know of a place: the way from it, and which of its values are null. */
export interface Place extends Way {
  readonly nulls: readonly boolean[];
}

/** Stands for the value of a key at the place, which a statement is given for each page anew. */
export class PlaceValue {
  constructor(readonly key: number) {}
}

/** What the conditions of a cursor depend on. */
export function placeOf({ position, backwards, inclusive }: Cursor): Place {
  return { backwards, inclusive, nulls: position.map((value) => value === null) };
}

/**
 * The conditions that a row comes after the place (before it, when backwards), one for each stretch of the list, nearest first:
 * an index serves each of them at any depth. Where all keys run one way and none is nullable that is a row comparison,
 * `(a, id) < (x, y)`; else the rows that share the longest part of the position come first, then those that share less, with NULL
 * where PostgreSQL sorts it: last ascending, first descending. (As one condition with OR, all rows before the place would be read.)
 * They bind `PlaceValue`s.
 */
export function stretches(keys: readonly SortKey[], { nulls, backwards, inclusive }: Place): readonly Condition[] {
  const directions = keys.map(({ descending }) => descending !== backwards);
  const isUniform = new Set(directions).size === 1 && keys.every(({ nullable }) => !nullable);
  if (isUniform) return [rowComparison(keys, sign(directions[0] === true, inclusive))];
  const at = keys.map((_key, index) => (nulls[index] ? null : new PlaceValue(index)));
  return keys
    .map((key, depth): Condition[] => {
      const shared = keys.slice(0, depth).map((earlier, index) => same(earlier, at[index] ?? null));
      const isLast = depth === keys.length - 1;
      return later(key, at[depth] ?? null, directions[depth] === true, isLast && inclusive).map((condition) => all([...shared, condition]));
    })
    .reverse()
    .flat();
}

function rowComparison(keys: readonly SortKey[], comparison: string): Condition {
  return (alias, bind) => {
    const columns = keys.map(({ value }) => value(alias, bind)).join(', ');
    const values = keys.map(({ type }, index) => bind(new PlaceValue(index), type)).join(', ');
    return `(${columns}) ${comparison} (${values})`;
  };
}

function same({ value, type }: SortKey, at: PlaceValue | null): Condition {
  return (alias, bind) => (at === null ? `${value(alias, bind)} IS NULL` : `${value(alias, bind)} = ${bind(at, type)}`);
}

function later({ value, type, nullable }: SortKey, at: PlaceValue | null, descending: boolean, inclusive: boolean): Condition[] {
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
