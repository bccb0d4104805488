import type { Statement } from '../sql/statement';
import type { SessionVariables } from '../transaction/begin';

/** A unit of work that may share its statement with others of its kind. */
export interface BatchUnit {
  /** Identifies its result. */
  readonly id: string;
  /** The ids of all rows that it writes or locks: no two units of a statement have one in common. */
  readonly rows: readonly string[];
  /** What the triggers record of it: actor, request, reason. */
  readonly variables: SessionVariables;
}

/** What a statement returns for each of its units, beside the result proper. */
export interface BatchResult {
  readonly id: string;
  /** False where its rows were locked elsewhere, so that nothing was done: the unit runs again, and may wait. */
  readonly is_decided: boolean;
}

/** Whether a statement waits for locked rows, or skips the units that need them. */
export type Locking = 'wait' | 'skip';

/** Makes the statement of units without a common row; its CTE `announcing` tells the triggers whose rows are whose. */
export type BatchStatement<U extends BatchUnit> = (units: readonly U[], locking: Locking, announcement: string) => Statement;

/**
 * Returns the CTE that sets, for this transaction, which unit a row belongs to; the SQL function `unit_of` reads it. Every CTE that
 * writes must take its rows from this one, so that it runs after.
 */
export const announcing = (parameter: number) => `announced AS MATERIALIZED (SELECT set_config('app.units', $${parameter}::text, true))`;

/** Returns the value of that parameter: the units' session variables, and the index of the unit of each row. */
export function announcementOf(units: readonly BatchUnit[]): string {
  const rows = Object.fromEntries(units.flatMap((unit, index) => unit.rows.map((id) => [id, index])));
  return JSON.stringify({ units: units.map(({ variables }) => variables), rows });
}

/** Splits units into layers without a common row; units of one row stay in their order. */
export function layersOf<U extends BatchUnit>(units: readonly U[]): U[][] {
  const layers: U[][] = [];
  const depths = new Map<string, number>();
  for (const unit of units) {
    const depth = Math.max(0, ...unit.rows.map((id) => depths.get(id) ?? 0));
    layers[depth] = [...(layers[depth] ?? []), unit];
    for (const id of unit.rows) depths.set(id, depth + 1);
  }
  return layers;
}
