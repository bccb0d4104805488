import type { Duel } from '../duel';
import { type Cell, type Ratio, ratioOf } from './summary';

/** The aims beside rates: the time to the first 200 on a migrated and filled shop, and the memory of the process under load. */
export const WARM_START_S = 1.5;
export const MEMORY_MIB = 160;

/** The aims: a rate of Storekeeper as a multiple of another rate of the same run. */
interface Aim {
  readonly job: string;
  readonly of: { readonly job: string; readonly contender: string };
  readonly atLeast: number;
}

const AIMS: readonly Aim[] = [
  { job: 'product', of: { job: 'product', contender: 'a' }, atLeast: 0.6 },
  { job: 'product', of: { job: 'product', contender: 'c' }, atLeast: 3.8 },
  { job: 'page', of: { job: 'page', contender: 'a' }, atLeast: 1.1 },
  { job: 'page', of: { job: 'page', contender: 'c' }, atLeast: 4.8 },
  { job: 'deep', of: { job: 'deep', contender: 'a' }, atLeast: 1.1 },
  { job: 'deep', of: { job: 'page', contender: 's' }, atLeast: 0.95 },
  { job: 'order', of: { job: 'order', contender: 'a' }, atLeast: 1.2 },
  { job: 'order', of: { job: 'order', contender: 'c' }, atLeast: 5 },
  { job: 'unchanged', of: { job: 'held', contender: 's' }, atLeast: 1.3 },
  { job: 'total', of: { job: 'page', contender: 's' }, atLeast: 0.8 },
];

/** An aim with its measurement. */
export interface Outcome extends Aim {
  readonly ratio: Ratio;
  /** Failed requests on either side; if there are any, the rates mean nothing. */
  readonly failed: number;
  readonly isMet: boolean;
}

/** Returns the aims that the run has figures for; those of a duel, if there was one. */
export function outcomes(cells: readonly Cell[], duels: readonly Duel[]): Outcome[] {
  const find = (job: string, contender: string) => cells.find((cell) => cell.job === job && cell.contender === contender);
  return AIMS.flatMap((aim) => {
    const ours = find(aim.job, 's');
    const theirs = find(aim.of.job, aim.of.contender);
    if (ours === undefined || theirs === undefined) return [];
    const duel = duels.find(({ job, beside }) => job === aim.job && beside === aim.of.job && aim.of.contender === 's');
    const ratio = duel ? ratioOf(duel, { rates: duel.besideRates }) : ratioOf(ours, theirs);
    const failed = duel?.failed ?? ours.failed + theirs.failed;
    return [{ ...aim, ratio, failed, isMet: failed === 0 && ratio.median >= aim.atLeast }];
  });
}
