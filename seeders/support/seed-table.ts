/** A value of a column, as it is sent to the database in JSON. */
export type SeedValue = string | number | boolean | null | { readonly [key: string]: SeedValue };

/** A row with its id; the names of its columns are the database's. */
export interface SeedRow {
  readonly id: string;
  readonly [column: string]: SeedValue;
}

/** Rows of one table, all with the same columns. A shop is a list of these, parents first. */
export interface SeedTable {
  readonly table: string;
  readonly rows: readonly SeedRow[];
}
