import type { Bind } from '../../../database/sql/binder';
import type { SortKey } from './sort';

/** Returns the condition that row `former` comes before row `latter` in a list's order, as ORDER BY has it: NULL last ascending, first descending. */
export function precedence(keys: readonly SortKey[], former: string, latter: string, bind: Bind): string {
  const isUniform = new Set(keys.map(({ descending }) => descending)).size === 1 && keys.every(({ nullable }) => !nullable);
  const row = (alias: string) => `(${keys.map(({ value }) => value(alias, bind)).join(', ')})`;
  if (isUniform) return `${row(former)} ${keys[0]?.descending ? '>' : '<'} ${row(latter)}`;
  const alternatives = keys.map((key, depth) => {
    const prefix = keys.slice(0, depth).map(({ value }) => `${value(former, bind)} IS NOT DISTINCT FROM ${value(latter, bind)}`);
    return [...prefix, isBefore(key, former, latter, bind)].join(' AND ');
  });
  return `(${alternatives.join(' OR ')})`;
}

function isBefore({ value, descending, nullable }: SortKey, former: string, latter: string, bind: Bind): string {
  const [a, b] = [value(former, bind), value(latter, bind)];
  const compared = `${a} ${descending ? '>' : '<'} ${b}`;
  if (!nullable) return compared;
  const [absent, present] = descending ? [a, b] : [b, a];
  return `(${compared} OR (${absent} IS NULL AND ${present} IS NOT NULL))`;
}
