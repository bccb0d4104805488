import type { Field, Kind } from '../../definition/field';

const OPERATORS = ['eq', 'ne', 'gt', 'gte', 'lt', 'lte', 'in', 'nin', 'contains', 'startswith', 'isnull'] as const;

/** What a filter does with its value; `eq` is written without a name. */
export type Operator = (typeof OPERATORS)[number];

/** The operators of values that are equal or not. */
export const EQUALITY: readonly Operator[] = ['eq', 'ne', 'in', 'nin'];

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

/** Returns the operators of a field's filters. */
export function operatorsOf({ kind, nullable, filter }: Field): readonly Operator[] {
  const operators = filter === 'exact' ? EQUALITY : BY_KIND[kind];
  return nullable ? [...operators, 'isnull'] : operators;
}

/** Returns the query parameter of an operator: `price`, `price[gte]`. */
export function parameterOf(name: string, operator: Operator): string {
  return operator === 'eq' ? name : `${name}[${operator}]`;
}

/** Returns whether the operator takes several values. */
export function isChoice(operator: Operator): boolean {
  return operator === 'in' || operator === 'nin';
}
