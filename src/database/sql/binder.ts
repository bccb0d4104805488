/** Binds a value as the next parameter and returns its placeholder, cast to the SQL type. */
export type Bind = (value: unknown, type: string) => string;

/** A piece of SQL over the row named by `alias`; every value goes through `bind`. */
export type Condition = (alias: string, bind: Bind) => string;

/** Collects the parameters of one statement. */
export class Binder {
  readonly values: unknown[];

  /** Continues after the parameters of SQL that exists already. */
  constructor(values: readonly unknown[] = []) {
    this.values = [...values];
  }

  readonly bind: Bind = (value, type) => {
    this.values.push(value);
    return `$${this.values.length}::${type}`;
  };
}

/** Returns a column by its quoted name. */
export function column(alias: string, name: string): string {
  return `${alias}."${name}"`;
}

/** Returns the condition that a column equals the value. */
export function equals(name: string, value: unknown, type: string): Condition {
  return (alias, bind) => `${column(alias, name)} = ${bind(value, type)}`;
}

/** Returns the condition that all the conditions hold; there must be one at least. */
export function allOf(conditions: readonly Condition[]): Condition {
  return (alias, bind) => `(${conditions.map((condition) => condition(alias, bind)).join(' AND ')})`;
}

/** Returns a WHERE clause of all the conditions, or an empty text. */
export function where(conditions: readonly Condition[], alias: string, bind: Bind): string {
  return conditions.length === 0 ? '' : ` WHERE ${conditions.map((condition) => condition(alias, bind)).join(' AND ')}`;
}
