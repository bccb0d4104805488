import type { Bind, Condition } from '../sql/binder';
import type { SortKey } from './sort';

/** The values of a row's sort keys as PostgreSQL writes them, so that no precision is lost; null where the column is. */
export type Position = readonly (string | null)[];

/**
 * The condition that a row comes after the position (before it, when backwards). Where all keys run one way and none is
 * nullable it is a row comparison, `(a, id) < (x, y)`, which an index serves at any depth; else each key gets its branch, with
 * NULL sorted as PostgreSQL does: last ascending, first descending.
 */
export function beyond(keys: readonly SortKey[], position: Position, backwards: boolean): Condition {
  const directions = keys.map(({ descending }) => descending !== backwards);
  const first = directions[0] as boolean;
  const isUniform = directions.every((descending) => descending === first) && keys.every(({ nullable }) => !nullable);
  if (!isUniform) return branches(keys, position, directions);
  return (alias, bind) => {
    const columns = keys.map(({ value }) => value(alias, bind)).join(', ');
    const values = keys.map(({ type }, index) => bind(position[index], type)).join(', ');
    return `(${columns}) ${first ? '<' : '>'} (${values})`;
  };
}

function branches(keys: readonly SortKey[], position: Position, directions: readonly boolean[]): Condition {
  return (alias, bind) => {
    const alternatives = keys.map((_key, depth) =>
      [...keys.slice(0, depth).map((key, index) => same(key, position[index] ?? null, alias, bind)), strictly(depth)].join(' AND '),
    );
    return `(${alternatives.map((alternative) => `(${alternative})`).join(' OR ')})`;

    function strictly(depth: number): string {
      const key = keys[depth] as SortKey;
      return later(key, position[depth] ?? null, directions[depth] as boolean, alias, bind);
    }
  };
}

function same({ value, type }: SortKey, at: string | null, alias: string, bind: Bind): string {
  return at === null ? `${value(alias, bind)} IS NULL` : `${value(alias, bind)} = ${bind(at, type)}`;
}

function later({ value, type, nullable }: SortKey, at: string | null, descending: boolean, alias: string, bind: Bind): string {
  const subject = value(alias, bind);
  if (at === null) return descending ? `${subject} IS NOT NULL` : 'false';
  const beyondValue = `${subject} ${descending ? '<' : '>'} ${bind(at, type)}`;
  return nullable && !descending ? `(${beyondValue} OR ${subject} IS NULL)` : beyondValue;
}
