import type { Measurement } from '../contest';

/** The medians of one contender at one job over the rounds. */
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

/** The medians of every contender at every job. */
export function summarise(measurements: readonly Measurement[]): Cell[] {
  const groups = new Map<string, Measurement[]>();
  for (const measurement of measurements) {
    const name = `${measurement.job} ${measurement.contender}`;
    groups.set(name, [...(groups.get(name) ?? []), measurement]);
  }
  return [...groups.values()].map(cellOf);
}

/**
 * How the rates of two compare: the median of their ratios within each round. What the machine does for minutes meets both sides of a
 * ratio then, as it would not where medians of different rounds were compared.
 */
export function ratioOf({ rates }: Cell, base: Cell): number {
  return median(rates.map((rate, round) => rate / (base.rates[round] ?? Number.NaN))) ?? Number.NaN;
}

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

function median(values: readonly number[]): number | null {
  const sorted = [...values].sort((a, b) => a - b);
  const low = sorted[Math.floor((sorted.length - 1) / 2)];
  const high = sorted[Math.floor(sorted.length / 2)];
  return low === undefined || high === undefined ? null : (low + high) / 2;
}
