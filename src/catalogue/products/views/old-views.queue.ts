import { col, literal, Op } from 'sequelize';
import type { TxContext } from '../../../context/context';
import { defineQueue, type Queue, send } from '../../../jobs';
import { object } from '../../../schema/schema';
import { COUNTS_PER_JOB, foldViews } from './fold-views.statement';
import { ProductView } from './product-view.model';

/* Popularity looks back thirty days. */
const DAYS_KEPT = 60;
const DAYS_PER_JOB = 20_000;

/** Deletes the daily views of long ago; the counts of products have them. */
export const oldViews: Queue<object> = defineQueue({
  name: 'delete-old-product-views',
  reason: `Daily views are kept for ${DAYS_KEPT} days.`,
  data: object({}),
  schedule: '37 3 * * *',
  policy: 'stately',
  transaction: 'managed',
  work: deleteOldViews,
});

/* Where no jobs ran for days, their views are not in the counts yet. */
async function deleteOldViews(tx: TxContext): Promise<void> {
  const folded = await foldViews(tx, DAYS_KEPT);
  const where = {
    day: { [Op.lt]: literal(`(now() AT TIME ZONE 'UTC')::date - ${DAYS_KEPT}`) },
    foldedCount: { [Op.eq]: col('view_count') },
  };
  const deleted = await ProductView.destroy({ where, limit: DAYS_PER_JOB, transaction: tx.transaction });
  if (folded === COUNTS_PER_JOB || deleted === DAYS_PER_JOB) await send(tx, oldViews, {});
}
