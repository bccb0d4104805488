import type PgBoss from 'pg-boss';
import { type SystemResources, systemContext } from '../../context/system-context';
import { queryAll } from '../../database/sql/statement';
import { unitOfWork } from '../../database/transaction/unit-of-work';
import { JOBS_SCHEMA } from '../boss';
import type { Queue } from '../queue';
import { databaseOf } from '../send';
import { lockNumber, type RunKey } from './job-locks';

/** How long the lock of a job in work must be free before the job is put back, in milliseconds. */
export const GRACE_MS = 2_000;

interface ActiveJob extends RunKey, Record<string, unknown> {
  readonly isOverdue: boolean;
  readonly isFree: boolean;
}

/**
 * Finds the jobs in work that nobody works on any more, and puts them back: those whose time is over, and those whose process ended, which
 * leaves their lock free (`job-locks.ts`). A lock is free for a moment after the job is fetched, and while a broken session is replaced;
 * so it must be free at each look of the grace.
 */
export class LostJobs {
  /* By run, when its lock was first found free, on the clock of the process. */
  #freeSince: ReadonlyMap<string, number> = new Map();
  readonly #names: readonly string[];

  constructor(
    readonly resources: SystemResources,
    readonly boss: PgBoss,
    queues: readonly Queue[],
    readonly graceMs: number = GRACE_MS,
  ) {
    this.#names = queues.map(({ name }) => name);
  }

  /** Looks once, and returns the names of the queues that got jobs back; a read that writes nothing while none is lost. */
  async look(): Promise<string[]> {
    const ctx = systemContext(this.resources, 'jobs', 'Jobs of processes that ended are put back.');
    const active = await queryAll<ActiveJob>(ctx, { text: ACTIVE, values: [this.#names] });
    if (active.some(({ isOverdue }) => isOverdue)) await this.boss.expire();
    const now = performance.now();
    const free = active.filter(({ isFree }) => isFree).map((job) => ({ job, since: this.#freeSince.get(keyOf(job)) ?? now }));
    this.#freeSince = new Map(free.map(({ job, since }) => [keyOf(job), since]));
    const lost = free.filter(({ since }) => now - since >= this.graceMs).map(({ job }) => job);
    for (const job of lost) await this.#putBack(job);
    return [...new Set(lost.map(({ name }) => name))];
  }

  async #putBack({ name, id, retryCount }: RunKey): Promise<void> {
    const ctx = systemContext(this.resources, 'jobs', 'A job of a process that ended is put back.');
    const isPutBack = await unitOfWork(ctx, async (tx) => {
      const [job] = await queryAll(tx, { text: CLAIM, values: [name, id, retryCount] });
      if (!job) return false;
      await this.boss.fail(name, id, { message: 'The process that ran the job has ended.' }, { db: databaseOf(tx) });
      if (retryCount === 0) await queryAll(tx, { text: AT_ONCE, values: [name, id] });
      return true;
    });
    if (isPutBack) ctx.log.warn('job lost its process', { queue: name, jobId: id, attempt: retryCount + 1 });
  }
}

const keyOf = ({ id, retryCount }: RunKey): string => `${id} ${retryCount}`;

const MAX_JOBS = 1_000;

const ACTIVE = `
  SELECT name, id, retry_count AS "retryCount", started_on + expire_in < now() AS "isOverdue",
    name = ANY ($1::text[]) AND pg_try_advisory_xact_lock(${lockNumber('id')}) AS "isFree"
  FROM ${JOBS_SCHEMA}.job WHERE state = 'active' LIMIT ${MAX_JOBS}`;

/* A row that is locked is about to be completed. */
const CLAIM = `
  WITH run AS MATERIALIZED (
    SELECT id FROM ${JOBS_SCHEMA}.job WHERE name = $1 AND id = $2::uuid AND state = 'active' AND retry_count = $3::int FOR UPDATE SKIP LOCKED
  )
  SELECT id FROM run WHERE pg_try_advisory_xact_lock(${lockNumber('id')})`;

/* The end of a process is seldom the job's fault. From the second one on, the job waits as after a failure: it may be what ends them. */
const AT_ONCE = `UPDATE ${JOBS_SCHEMA}.job SET start_after = now() WHERE name = $1 AND id = $2::uuid AND state = 'retry'`;
