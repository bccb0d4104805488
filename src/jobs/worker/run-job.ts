import type PgBoss from 'pg-boss';
import type { Ctx, TxContext } from '../../context/context';
import { type SystemResources, systemContext } from '../../context/system-context';
import { databaseFault } from '../../database/sql/database-error';
import { unitOfWork } from '../../database/transaction/unit-of-work';
import { Problem } from '../../problems/problem';
import { actorOf, type Job, type Queue, storedOptions } from '../queue';
import { databaseOf, requireValid } from '../send';

/** A job as pg-boss hands it over. */
export type FetchedJob = Pick<PgBoss.JobWithMetadata, 'id' | 'data' | 'retryCount'>;

/** A run failed; pg-boss keeps the message, which names no value. */
export class JobFailedError extends Error {
  constructor(cause: unknown) {
    super(faultOf(cause));
    this.name = 'JobFailedError';
    delete this.stack;
  }
}

/**
 * Runs a job until the signal, logs its failure, and throws `JobFailedError` then. Managed work completes the job in its own transaction,
 * and is rolled back where another process has completed the job meanwhile.
 */
export async function runJob(
  resources: SystemResources,
  boss: PgBoss,
  queue: Queue,
  fetched: FetchedJob,
  signal: AbortSignal,
): Promise<void> {
  const { id, data, retryCount } = fetched;
  const attempt = retryCount + 1;
  const { retryLimit } = storedOptions(queue);
  const job: Job<unknown> = { id, data: data ?? {}, attempt, signal };
  const ctx: Ctx = { ...systemContext(resources, actorOf(queue), queue.reason), requestId: id, isBackground: true };
  try {
    requireValid(queue, job.data);
    if (queue.transaction === 'none') await queue.work(ctx, job);
    else await unitOfWork(ctx, (tx) => workAndComplete(tx, boss, queue, job));
  } catch (error) {
    const isDead = retryCount >= retryLimit;
    const entry = { queue: queue.name, jobId: id, attempt, error };
    if (isDead) ctx.log.error('job is dead', entry);
    else ctx.log.warn('job failed', entry);
    throw new JobFailedError(error);
  }
}

async function workAndComplete(tx: TxContext, boss: PgBoss, queue: Queue & { transaction: 'managed' }, job: Job<unknown>): Promise<void> {
  await queue.work(tx, job);
  const { affected } = (await boss.complete(queue.name, job.id, {}, { db: databaseOf(tx) })) as unknown as { readonly affected: number };
  if (affected === 0) throw new Error('The job took too long: another process has taken it.');
}

/* Never the message, which may quote a value. */
function faultOf(error: unknown): string {
  const fault = databaseFault(error);
  if (fault) return `SQLSTATE ${fault.sqlstate} ${fault.constraint}`.trim();
  if (error instanceof Problem) return error.type.code;
  return error instanceof Error ? error.name : typeof error;
}
