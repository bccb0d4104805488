import { withConnection } from '../../../src/database/sql/statement';
import type { Queue } from '../../../src/jobs';
import { bossOn, databaseOn } from '../../../src/jobs/boss';
import { runJob } from '../../../src/jobs/worker/run-job';
import { queues } from '../../../src/queues';
import type { Shop } from '../../support/shop';

const TIME_MS = 30_000;

/**
 * Runs the jobs of a shop that are due, and those that they send, and returns the names of their queues, in order. A failing job is put
 * back, as a worker does, and its error is in the log.
 */
export async function runJobs(shop: Shop, among: readonly Queue[] = queues): Promise<string[]> {
  const boss = await bossOn(databaseOn((work) => withConnection(shop.sequelize, work)));
  const ran: string[] = [];
  for (let found = true; found; ) {
    found = false;
    for (const queue of among) {
      const [job] = await boss.fetch<object>(queue.name, { includeMetadata: true });
      if (!job) continue;
      found = true;
      ran.push(queue.name);
      await runJob(shop, boss, queue, job, AbortSignal.timeout(TIME_MS)).then(
        () => boss.complete(queue.name, job.id),
        (error: Error) => boss.fail(queue.name, job.id, error),
      );
    }
  }
  return ran;
}
