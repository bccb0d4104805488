import type { Ctx } from '../context/context';
import { queryOne } from '../database/sql/statement';
import { JOBS_SCHEMA } from './boss';

/** How many jobs wait, run, wait for another run after a failure, and are dead; and how long the oldest that is due has waited. */
export interface JobCounts {
  readonly waiting: number;
  readonly active: number;
  readonly failed: number;
  readonly dead: number;
  /** In seconds; 0 where none is due. */
  readonly oldestSeconds: number;
}

const COUNTS = `
  SELECT count(*) FILTER (WHERE state = 'created')::int AS waiting, count(*) FILTER (WHERE state = 'active')::int AS active,
    count(*) FILTER (WHERE state = 'retry')::int AS failed, count(*) FILTER (WHERE state = 'failed')::int AS dead,
    coalesce(floor(extract(epoch FROM now() - min(start_after) FILTER (WHERE state < 'active' AND start_after <= now()))), 0)::int
      AS "oldestSeconds"
  FROM ${JOBS_SCHEMA}.job WHERE state NOT IN ('completed', 'cancelled')`;

/** Returns the counts over all queues. */
export async function readJobCounts(ctx: Ctx): Promise<JobCounts> {
  const counts = await queryOne<JobCounts & Record<string, number>>(ctx, { text: COUNTS, values: [] });
  return counts ?? { waiting: 0, active: 0, failed: 0, dead: 0, oldestSeconds: 0 };
}
