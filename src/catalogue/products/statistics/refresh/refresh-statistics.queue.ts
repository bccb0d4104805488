import type { Ctx } from '../../../../context/context';
import { unitOfWork } from '../../../../database/transaction/unit-of-work';
import { defineQueue, type Job, type Queue } from '../../../../jobs';
import { object } from '../../../../schema/schema';
import { refreshProductStats } from './refresh-product-stats.statement';
import { POPULARITIES_PER_UNIT, writePopularity } from './write-popularity.statement';

/** Computes the statistics of products anew, four times an hour, and gives products their popularity. */
export const refreshedStatistics: Queue<object> = defineQueue({
  name: 'refresh-product-statistics',
  reason: 'The statistics of products are computed now and then, so that reading them costs little.',
  data: object({}),
  schedule: '*/15 * * * *',
  policy: 'stately',
  expireInSeconds: 300,
  transaction: 'none',
  work: refreshStatistics,
});

/* In units of their own: products are locked for a moment only. */
async function refreshStatistics(ctx: Ctx, { signal }: Job<object>): Promise<void> {
  if (!(await unitOfWork(ctx, refreshProductStats))) return;
  while (!signal.aborted && (await unitOfWork(ctx, writePopularity)) === POPULARITIES_PER_UNIT);
}
