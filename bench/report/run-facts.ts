import type { Duel } from '../duel';
import type { Settings } from '../settings';

/** The conditions of a run. */
export interface Run {
  readonly settings: Settings;
  readonly driver: string;
  readonly node: string;
  readonly postgres: string;
  readonly processors: string;
  readonly startMs: number;
  readonly duels: readonly Duel[];
}
