/** The value of a column, as JSON. */
export type SeedValue = string | number | boolean | null | { readonly [key: string]: SeedValue };

/** A row with its id and its columns, by their names in the database. */
export interface SeedRow {
  readonly id: string;
  readonly [column: string]: SeedValue;
}

/** The rows of one table, all with the same columns. A shop is a list of these, parents first. */
export interface SeedTable {
  readonly table: string;
  readonly rows: readonly SeedRow[];
}
