import type { Contender } from './contenders/contender';
import { type Entry, entriesOf, type Means, measure } from './contest';
import { type Ground, JOBS } from './load/jobs';

/** Two jobs of Storekeeper, run alternately, with the rates of both, pair by pair. */
export interface Duel {
  readonly job: string;
  readonly beside: string;
  readonly rates: readonly number[];
  readonly besideRates: readonly number[];
  /** The number of error responses. */
  readonly failed: number;
}

/** Pairs per round of the contest, of one second per job. */
const PAIRS = 10;

/**
 * Compares each job with the one that it should be as fast as. The difference is a twentieth, and a single measurement varies by a tenth,
 * so many short ones alternate.
 */
export async function duels(storekeeper: Contender, ground: Ground, means: Means): Promise<Duel[]> {
  const { jobs } = means.settings;
  const fought: Duel[] = [];
  for (const job of jobs) {
    const beside = JOBS[job]?.beside;
    if (beside === undefined || !jobs.includes(beside)) continue;
    const [ours, theirs] = [job, beside].map((name) => entriesOf(name, [storekeeper], ground)[0] as Entry) as [Entry, Entry];
    fought.push(await duel(ours, theirs, { ...means, settings: { ...means.settings, seconds: 1, warmup: 0 } }));
  }
  return fought;
}

/* The order within a pair alternates. */
async function duel(ours: Entry, theirs: Entry, means: Means): Promise<Duel> {
  const rates = new Map<Entry, number[]>([ours, theirs].map((entry) => [entry, []]));
  let failedInAll = 0;
  const pairs = PAIRS * means.settings.rounds;
  for (let pair = 1; pair <= pairs; pair += 1) {
    for (const entry of pair % 2 === 0 ? [ours, theirs] : [theirs, ours]) {
      const { requestsPerSecond, failed } = await measure(entry, pair, means);
      rates.get(entry)?.push(requestsPerSecond);
      failedInAll += failed;
      means.log(`pair ${pair} of ${pairs}  ${entry.job}: ${Math.round(requestsPerSecond)}/s`);
    }
  }
  return { job: ours.job, beside: theirs.job, rates: rates.get(ours) ?? [], besideRates: rates.get(theirs) ?? [], failed: failedInAll };
}
