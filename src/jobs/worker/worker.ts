import { setImmediate } from 'node:timers/promises';
import { backOff } from 'exponential-backoff';
import type PgBoss from 'pg-boss';
import type { SystemResources } from '../../context/system-context';
import { openClient } from '../../database/connection/open-client';
import { withConnection } from '../../database/sql/statement';
import { RateLimitedLog } from '../../logging/rate-limited-log';
import { bossOn, databaseOn } from '../boss';
import { type Queue, storedOptions } from '../queue';
import { forgetWakers, onWake, wakeWorkers } from '../wake-workers';
import { JobLocks } from './job-locks';
import { LostJobs } from './lost-jobs';
import { type FetchedJob, runJob } from './run-job';

/** How often a process looks for jobs whose run took too long, or whose process was killed. */
const LOOK_EVERY_MS = 1_000;
/** How long before its time is over a run is told to end, in milliseconds: pg-boss must not fail a job that another process has taken. */
const MARGIN_MS = 100;
const POLL_SECONDS = 2;

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
  readonly #log: RateLimitedLog;
  readonly #underWay = new Set<Promise<unknown>>();
  readonly #locks: JobLocks;
  /* The jobs whose run is over before it ended: what pg-boss makes of its end concerns another process's run. */
  readonly #over = new Set<string>();
  #boss: PgBoss | undefined;
  #looking: NodeJS.Timeout | undefined;
  #isStopping = false;

  constructor(resources: SystemResources, queues: readonly Queue[]) {
    this.#resources = resources;
    const { DATABASE_URL, DATABASE_ROLE } = resources.env;
    this.#locks = new JobLocks(() => openClient(DATABASE_URL, 'storekeeper-jobs', DATABASE_ROLE));
    this.#log = new RateLimitedLog(resources.log);
    this.started = this.#start(queues);
  }

  async stop(withinMs: number): Promise<void> {
    this.#isStopping = true;
    clearTimeout(this.#looking);
    forgetWakers(this.#resources.sequelize);
    await this.started;
    await this.#boss?.stop({ graceful: true, timeout: withinMs, close: false });
    // pg-boss does not wait for the statements that fetch, complete or put back the last jobs.
    while (this.#underWay.size > 0) {
      await Promise.allSettled(this.#underWay);
      await setImmediate();
    }
    await this.#locks.close();
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
    await this.#locks.start();
    const boss = await bossOn({ executeSql: (text, values) => this.#execute(text, values) });
    boss.on('error', (error) => this.#logFault(error));
    await boss.start();
    this.#boss = boss;
    for (const queue of queues) await this.#take(boss, queue);
    this.#lookAgain(new LostJobs(this.#resources, boss, queues));
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
      if (job) await this.#run(boss, queue, job);
    };
    for (let n = 0; n < (queue.concurrency ?? 1); n += 1) workers.push(await boss.work(queue.name, options, run));
    onWake(this.#resources.sequelize, queue.name, wake);
    if (queue.runsAtStart) await boss.send(queue.name, {}).catch((error: unknown) => this.#logFault(error));
  }

  async #run(boss: PgBoss, queue: Queue, job: FetchedJob): Promise<void> {
    const end = new AbortController();
    end.signal.addEventListener('abort', () => this.#over.add(job.id), { once: true });
    const endRun = () => end.abort();
    const timer = setTimeout(endRun, storedOptions(queue).expireInSeconds * 1_000 - MARGIN_MS);
    try {
      const lock = await this.#locks.take({ name: queue.name, id: job.id, retryCount: job.retryCount });
      if (!lock) return endRun();
      lock.lost.addEventListener('abort', endRun, { once: true });
      await runJob(this.#resources, boss, queue, job, end.signal).finally(lock.release);
    } finally {
      clearTimeout(timer);
    }
  }

  /*
   * pg-boss waits for none of the statements that complete or fail a job, so that one that fails would end the process. The job's lock is
   * free then, so that it is taken again.
   */
  async #execute(text: string, values: unknown[]): Promise<{ rows: unknown[] }> {
    if (this.#endsRunThatIsOver(values)) return NOTHING;
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

  /* The statements that complete or fail a job have its queue and, in a list, its id. */
  #endsRunThatIsOver([, ids]: unknown[] = []): boolean {
    return Array.isArray(ids) && this.#over.delete(String(ids[0]));
  }

  #lookAgain(lost: LostJobs): void {
    const look = async () => {
      try {
        for (const name of await lost.look()) wakeWorkers(this.#resources.sequelize, name);
      } catch (error) {
        this.#logFault(error);
      }
      if (!this.#isStopping) this.#lookAgain(lost);
    };
    this.#looking = setTimeout(() => void look(), LOOK_EVERY_MS).unref();
  }

  #logFault(error: unknown): void {
    if (!this.#isStopping) this.#log.warn('jobs cannot be reached', { error });
  }
}

/* What pg-boss takes for an answer without rows; an empty list would be a row that it reads. */
const NOTHING = undefined as unknown as { rows: unknown[] };
