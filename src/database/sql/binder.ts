/** Binds a value as the next parameter; answers its placeholder with a cast to the SQL type. */
export type Bind = (value: unknown, type: string) => string;

/** A piece of SQL over the row named by `alias`; every value goes through `bind`. */
export type Condition = (alias: string, bind: Bind) => string;

/** Collects the parameters of one statement. */
export class Binder {
  readonly values: unknown[];

  /** Goes on after the values of a piece of SQL that is there already. */
  constructor(values: readonly unknown[] = []) {
    this.values = [...values];
  }

  readonly bind: Bind = (value, type) => {
    this.values.push(value);
    return `$${this.values.length}::${type}`;
  };
}

/** A column by its quoted name. */
export function column(alias: string, name: string): string {
  return `${alias}."${name}"`;
}

/** The condition that a column has the value. */
export function equals(name: string, value: unknown, type: string): Condition {
  return (alias, bind) => `${column(alias, name)} = ${bind(value, type)}`;
}

/** A WHERE clause of all the conditions, or nothing. */
export function where(conditions: readonly Condition[], alias: string, bind: Bind): string {
  return conditions.length === 0 ? '' : ` WHERE ${conditions.map((condition) => condition(alias, bind)).join(' AND ')}`;
}
