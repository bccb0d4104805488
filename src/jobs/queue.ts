import type { Ctx, TxContext } from '../context/context';
import type { Schema } from '../schema/schema';

/** One run of a job. */
export interface Job<T> {
  readonly id: string;
  readonly data: T;
  /** 1 at the first run. */
  readonly attempt: number;
  /** Aborted when the job has run for `expireInSeconds`, or its lock is lost: from then on another process may take it. */
  readonly signal: AbortSignal;
}

interface QueueOptions<T> {
  /** In kebab-case; the audit log names the actor `system:jobs:<name>`. */
  readonly name: string;
  /** Why the work is done, for the audit log. */
  readonly reason: string;
  /** The schema of the data, which is an object: ids and positions, never personal data or secrets. */
  readonly data: Schema<T>;
  /** A cron expression in UTC at which one job with empty data is sent, once over all processes. */
  readonly schedule?: string;
  /** Whether each process that runs jobs sends one job with empty data when it starts: a schedule that came due while all were off is skipped. */
  readonly runsAtStart?: boolean;
  /** How long a run may take; 30 by default. Longer work goes in slices. */
  readonly expireInSeconds?: number;
  /** How often a failed or lost run is repeated before the job counts as dead; 8 by default. */
  readonly retryLimit?: number;
  /** The wait before the second run, in seconds, which doubles with each further one, with jitter; 2 by default. */
  readonly retryDelaySeconds?: number;
  /** How often a process looks for jobs that another one sent, in seconds; 2 by default. */
  readonly pollSeconds?: number;
  /** How many jobs of the queue a process runs at once; 1 by default. */
  readonly concurrency?: number;
  /**
   * How many jobs with the same `singletonKey` (or without one) there may be: unlimited (`standard`), one waiting (`short`), one running
   * (`singleton`), or one waiting and one running (`stately`). A further one is not sent.
   */
  readonly policy?: 'standard' | 'short' | 'singleton' | 'stately';
  /** Gets a job with the same data where one of this queue is dead, whether its last run failed or its process was killed. */
  readonly deadLetter?: Queue<T>;
}

/** Work in a unit of work that completes the job with it, so that its effects on the database happen once. */
interface ManagedQueue<T> extends QueueOptions<T> {
  readonly transaction: 'managed';
  work(tx: TxContext, job: Job<T>): Promise<void>;
}

/** Work that opens its own units of work, such as a call of another server; it may run more than once. */
interface UnmanagedQueue<T> extends QueueOptions<T> {
  readonly transaction: 'none';
  work(ctx: Ctx, job: Job<T>): Promise<void>;
}

/** A queue of jobs, declared beside what it serves (`*.queue.ts`) and listed in `src/queues.ts`. */
export type Queue<T = unknown> = ManagedQueue<T> | UnmanagedQueue<T>;

/** Declares a queue. */
export function defineQueue<T>(queue: Queue<T>): Queue<T> {
  return Object.freeze(queue);
}

/** Returns the actor's name of a queue's work. */
export function actorOf({ name }: Queue): string {
  return `jobs:${name}`;
}

/** Returns what pg-boss keeps about a queue. */
export function storedOptions(queue: Queue) {
  const { policy = 'standard', retryLimit = 8, retryDelaySeconds = 2, expireInSeconds = 30, deadLetter } = queue;
  return {
    policy,
    retryLimit,
    retryDelay: retryDelaySeconds,
    retryBackoff: true,
    expireInSeconds,
    retentionDays: RETENTION_DAYS,
    ...(deadLetter && { deadLetter: deadLetter.name }),
  };
}

/* A shop that was switched off for long finds its jobs again. */
const RETENTION_DAYS = 365;
