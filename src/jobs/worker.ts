import { setImmediate } from 'node:timers/promises';
import { backOff } from 'exponential-backoff';
import type PgBoss from 'pg-boss';
import type { SystemResources } from '../context/system-context';
import { queryOn, withConnection } from '../database/sql/statement';
import { bossOn, databaseOn, JOBS_SCHEMA } from './boss';
import type { Queue } from './queue';
import { type FetchedJob, runJob } from './run-job';
import { forgetWakers, onWake } from './wake-workers';

/** How often a process looks for jobs whose run took too long, or whose process was killed. */
const EXPIRE_EVERY_MS = 3_000;
const POLL_SECONDS = 2;
const LOG_EVERY_MS = 60_000;

/** What runs the jobs of a process. */
export interface JobWorker {
  /** Resolves once it looks for jobs. */
  readonly started: Promise<void>;
  /**
   * Takes no more jobs, and returns when those that run have ended; those that still run after the given milliseconds are put back for
   * another process.
   */
  stop(withinMs: number): Promise<void>;
}

/** Starts to run the jobs of the queues; as long as the database is away, it tries again. */
export function startWorker(resources: SystemResources, queues: readonly Queue[]): JobWorker {
  const work = new Work(resources, queues);
  return { started: work.started, stop: (withinMs) => work.stop(withinMs) };
}

class Work {
  readonly started: Promise<void>;
  readonly #resources: SystemResources;
  readonly #underWay = new Set<Promise<unknown>>();
  #boss: PgBoss | undefined;
  #expiring: NodeJS.Timeout | undefined;
  #isStopping = false;
  #loggedAt = Number.NEGATIVE_INFINITY;

  constructor(resources: SystemResources, queues: readonly Queue[]) {
    this.#resources = resources;
    this.started = this.#start(queues);
  }

  async stop(withinMs: number): Promise<void> {
    this.#isStopping = true;
    clearInterval(this.#expiring);
    forgetWakers(this.#resources.sequelize);
    await this.started;
    await this.#boss?.stop({ graceful: true, timeout: withinMs, close: false });
    // pg-boss does not wait for the statements that fetch, complete or put back the last jobs.
    while (this.#underWay.size > 0) {
      await Promise.allSettled(this.#underWay);
      await setImmediate();
    }
  }

  async #start(queues: readonly Queue[]): Promise<void> {
    await backOff(() => this.#open(queues), {
      numOfAttempts: Number.POSITIVE_INFINITY,
      startingDelay: 500,
      maxDelay: 10_000,
      jitter: 'full',
      retry: (error: unknown) => {
        this.#logFault(error);
        return !this.#isStopping;
      },
    }).catch(() => undefined);
  }

  async #open(queues: readonly Queue[]): Promise<void> {
    if (this.#isStopping) return;
    const boss = await bossOn({ executeSql: (text, values) => this.#execute(text, values) });
    boss.on('error', (error) => this.#logFault(error));
    await boss.start();
    this.#boss = boss;
    for (const queue of queues) await this.#take(boss, queue);
    this.#expiring = setInterval(() => void this.#expire(boss), EXPIRE_EVERY_MS).unref();
  }

  async #take(boss: PgBoss, queue: Queue): Promise<void> {
    const workers: string[] = [];
    const wake = () => {
      for (const worker of workers) boss.notifyWorker(worker);
    };
    const options = { includeMetadata: true, pollingIntervalSeconds: queue.pollSeconds ?? POLL_SECONDS } as const;
    const run = async ([job]: FetchedJob[]) => {
      // A worker that had a job looks for the next one at once.
      wake();
      // Fetched while the worker stopped: pg-boss puts it back.
      if (job && this.#isStopping) throw new Error('The worker stops.');
      if (job) await runJob(this.#resources, boss, queue, job);
    };
    for (let n = 0; n < (queue.concurrency ?? 1); n += 1) workers.push(await boss.work(queue.name, options, run));
    onWake(this.#resources.sequelize, queue.name, wake);
  }

  /*
   * pg-boss waits for none of the statements that complete or fail a job, so that one that fails would end the process. The job is then
   * taken again when its time is over.
   */
  async #execute(text: string, values: unknown[]): Promise<{ rows: unknown[] }> {
    const database = databaseOn((work) => withConnection(this.#resources.sequelize, work));
    const running = database.executeSql(text, values);
    this.#underWay.add(running);
    try {
      return await running;
    } catch (error) {
      this.#logFault(error);
      return NOTHING;
    } finally {
      this.#underWay.delete(running);
    }
  }

  async #expire(boss: PgBoss): Promise<void> {
    try {
      const [row] = await withConnection(this.#resources.sequelize, (connection) => queryOn(connection, { text: OVERDUE, values: [] }));
      if (row) await boss.expire();
    } catch (error) {
      this.#logFault(error);
    }
  }

  #logFault(error: unknown): void {
    const now = performance.now();
    if (this.#isStopping || now - this.#loggedAt < LOG_EVERY_MS) return;
    this.#loggedAt = now;
    this.#resources.log.warn('jobs cannot be reached', { error });
  }
}

/* What pg-boss takes for an answer without rows; an empty list would be a row that it reads. */
const NOTHING = undefined as unknown as { rows: unknown[] };

const OVERDUE = `SELECT 1 FROM ${JOBS_SCHEMA}.job WHERE state = 'active' AND started_on + expire_in < now() LIMIT 1`;
