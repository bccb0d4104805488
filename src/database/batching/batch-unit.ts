import type { Statement } from '../sql/statement';
import type { Settings } from '../transaction/begin';

/** A unit of work among several of its kind that one statement does. */
export interface Unit {
  /** By which the statement answers it. */
  readonly id: string;
  /** Ids of all rows that it writes, or locks: no two units of a statement have one in common. */
  readonly rows: readonly string[];
  /** What the triggers read of it: who, why. */
  readonly settings: Settings;
}

/** What a statement answers of each of its units, beside what the unit is for. */
export interface UnitAnswer {
  readonly id: string;
  /** False where somebody held its rows, so that nothing was done: it has to be asked for again, and to wait. */
  readonly is_decided: boolean;
}

/** Whether a statement waits for rows that somebody else holds, or leaves out the units that need them. */
export type Locking = 'wait' | 'skip';

/** Makes the statement of units that have no row in common. It announces them to the triggers by the step `announcing`. */
export type StatementOf<U extends Unit> = (units: readonly U[], locking: Locking, announcement: string) => Statement;

/**
 * The step of such a statement that says, until the transaction's end, which unit a row belongs to (`work_of` reads it). What writes
 * has to take its rows through `from`, so that it runs after.
 */
export const announcing = (parameter: number) => `announced AS MATERIALIZED (SELECT set_config('app.units', $${parameter}::text, true))`;

/** What that step announces. */
export function announcementOf(units: readonly Unit[]): string {
  const rows = Object.fromEntries(units.flatMap((unit, at) => unit.rows.map((id) => [id, at])));
  return JSON.stringify({ units: units.map(({ settings }) => settings), rows });
}

/** The units in layers that have no row in common, those of one row in the order in which they are given. */
export function layersOf<U extends Unit>(units: readonly U[]): U[][] {
  const layers: U[][] = [];
  const depths = new Map<string, number>();
  for (const unit of units) {
    const depth = Math.max(0, ...unit.rows.map((id) => depths.get(id) ?? 0));
    layers[depth] = [...(layers[depth] ?? []), unit];
    for (const id of unit.rows) depths.set(id, depth + 1);
  }
  return layers;
}
