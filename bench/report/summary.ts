import { CONTENDERS } from '../contenders/contender';
import type { Measurement } from '../contest';
import { JOBS } from '../load/jobs';

/** The medians of one contender at one job over all rounds. */
export interface Cell {
  readonly job: string;
  readonly contender: string;
  readonly requestsPerSecond: number;
  /** The same, round by round. */
  readonly rates: readonly number[];
  readonly p50: number | null;
  readonly p99: number | null;
  readonly cpuMicroseconds: number | null;
  readonly residentMegabytes: number | null;
  readonly failed: number;
}

/** Returns the medians of every contender at every job, in the order of JOBS and CONTENDERS. */
export function summarise(measurements: readonly Measurement[]): Cell[] {
  const groups = new Map<string, Measurement[]>();
  for (const measurement of measurements) {
    const name = `${measurement.job} ${measurement.contender}`;
    groups.set(name, [...(groups.get(name) ?? []), measurement]);
  }
  return [...groups.values()].map(cellOf).sort((one, other) => place(one) - place(other));
}

/** The ratio of two rates, with its 95 % confidence interval if rounds are independent. */
export interface Ratio {
  readonly median: number;
  readonly low: number;
  readonly high: number;
}

/** Rates round by round, or pair by pair. */
type Rates = Pick<Cell, 'rates'>;

/**
 * Returns the ratio of two rates: the median of the ratios within each round, so that a slow minute of the machine affects both sides.
 * The interval is of order statistics, for any distribution (W. J. Conover, Practical Nonparametric Statistics, 3.2); with fewer than eleven rounds the extremes, which are less sure.
 */
export function ratioOf({ rates }: Rates, base: Rates): Ratio {
  const ratios = rates.map((rate, round) => rate / (base.rates[round] ?? Number.NaN)).sort((a, b) => a - b);
  const rank = Math.max(Math.floor((ratios.length - 1.96 * Math.sqrt(ratios.length)) / 2), 1);
  return { median: median(ratios) ?? Number.NaN, low: ratios.at(rank - 1) ?? Number.NaN, high: ratios.at(-rank) ?? Number.NaN };
}

const ORDER = Object.keys(JOBS).flatMap((job) => [...Object.keys(CONTENDERS), 'pgbench'].map((contender) => `${job} ${contender}`));
const place = ({ job, contender }: Cell) => ORDER.indexOf(`${job} ${contender}`);

function cellOf(rounds: readonly Measurement[]): Cell {
  const [{ job, contender }] = rounds as [Measurement];
  const middle = (read: (measurement: Measurement) => number | null) => median(rounds.map(read).filter((value) => value !== null));
  const resident = middle(({ residentBytes }) => residentBytes);
  return {
    job,
    contender,
    requestsPerSecond: middle(({ requestsPerSecond }) => requestsPerSecond) ?? 0,
    rates: rounds.map(({ requestsPerSecond }) => requestsPerSecond),
    p50: middle(({ p50 }) => p50),
    p99: middle(({ p99 }) => p99),
    cpuMicroseconds: middle(({ cpuMicrosecondsPerRequest }) => cpuMicrosecondsPerRequest),
    residentMegabytes: resident === null ? null : resident / 1_048_576,
    failed: rounds.reduce((sum, { failed }) => sum + failed, 0),
  };
}

/** Returns the median; null for no values. */
export function median(values: readonly number[]): number | null {
  const sorted = [...values].sort((a, b) => a - b);
  const low = sorted[Math.floor((sorted.length - 1) / 2)];
  const high = sorted[Math.floor(sorted.length / 2)];
  return low === undefined || high === undefined ? null : (low + high) / 2;
}
