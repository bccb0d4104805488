import { join } from 'node:path';
import type { Contender, Letter } from './contenders/contender';
import { requireAgreement } from './load/agreement';
import { type Ground, JOBS, type Job, requestsOf } from './load/jobs';
import { type Driver, type LoadRequest, sendLoad } from './load/load';
import type { Settings } from './settings';

/** The measurement of one contender at one job in one round. */
export interface Measurement {
  readonly job: string;
  readonly contender: Letter | 'pgbench';
  readonly round: number;
  readonly requestsPerSecond: number;
  readonly failed: number;
  readonly p50: number | null;
  readonly p99: number | null;
  /** Of the server's process, without PostgreSQL. */
  readonly cpuMicrosecondsPerRequest: number | null;
  readonly residentBytes: number | null;
}

/** One contender's part in a job. */
export interface Entry {
  readonly job: string;
  readonly contender: Contender;
  readonly requests: readonly LoadRequest[];
}

/** What a contest needs beside the contenders. */
export interface Means {
  readonly driver: Driver;
  readonly settings: Settings;
  readonly folder: string;
  readonly log: (line: string) => void;
  /**
   * Runs VACUUM and CHECKPOINT after a job, so that they do not run in the next one. Only after all contenders had the job, because
   * PostgreSQL plans sequential scans of tables that it knows to be empty.
   */
  readonly settle: () => Promise<void>;
}

/** Runs every job with each contender in turn, round after round, so that other load on the machine affects all of them. */
export async function contest(contenders: readonly Contender[], ground: Ground, means: Means): Promise<Measurement[]> {
  const { settings, log } = means;
  const entries = settings.jobs.flatMap((name) => entriesOf(name, contenders, ground));
  await checkAgreement(entries);
  const measurements: Measurement[] = [];
  for (let round = 1; round <= settings.rounds; round += 1) {
    for (const [at, entry] of entries.entries()) {
      const measurement = await measure(entry, round, means);
      measurements.push(measurement);
      log(`round ${round} of ${settings.rounds}  ${entry.job}  ${entry.contender.letter}: ${Math.round(measurement.requestsPerSecond)}/s`);
      if (JOBS[entry.job]?.writes && entries[at + 1]?.job !== entry.job) await means.settle();
    }
  }
  return measurements;
}

/** Returns the contenders that have the job. */
export function entriesOf(name: string, contenders: readonly Contender[], ground: Ground): Entry[] {
  const job = JOBS[name] as Job;
  return contenders.flatMap((contender) => {
    const requests = requestsOf(job, contender.letter === 's', ground);
    return requests ? [{ job: name, contender, requests }] : [];
  });
}

/* All must return the same for the same request; the requests of a reader are (a)'s, in each contender's form. */
async function checkAgreement(entries: readonly Entry[]): Promise<void> {
  for (const { job, contender, requests } of entries.filter(({ contender: { letter } }) => letter === 's')) {
    const [asked] = requests as [LoadRequest];
    const id = /products\/([0-9a-f-]{36})/.exec(asked.path)?.[1];
    for (const other of entries.filter((entry) => entry.job === job && entry.contender !== contender && job !== 'deep')) {
      const [theirs] = other.requests as [LoadRequest];
      await requireAgreement(contender, asked, other.contender, id ? { ...theirs, path: `/products/${id}` } : theirs);
    }
  }
}

/** Loads a contender for as long as the settings say. */
export async function measure(entry: Entry, round: number, { driver, settings, folder }: Means): Promise<Measurement> {
  const { contender, requests, job } = entry;
  const file = join(folder, 'requests');
  const { connections, warmup, seconds } = settings;
  if (warmup > 0) await sendLoad(driver, file, { url: contender.url, requests, connections, seconds: warmup });
  const before = await contender.usage();
  const result = await sendLoad(driver, file, { url: contender.url, requests, connections, seconds });
  const after = await contender.usage();
  return {
    job,
    contender: contender.letter,
    round,
    requestsPerSecond: result.requestsPerSecond,
    failed: result.failed,
    p50: result.p50,
    p99: result.p99,
    cpuMicrosecondsPerRequest: (after.cpuMicroseconds - before.cpuMicroseconds) / result.answered,
    residentBytes: after.residentBytes,
  };
}
