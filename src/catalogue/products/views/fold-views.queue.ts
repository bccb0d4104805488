import { defineQueue, type Queue, send } from '../../../jobs';
import { object } from '../../../schema/schema';
import { COUNTS_PER_JOB, foldViews } from './fold-views.statement';

/** Adds the views of products to their counts, once a minute. */
export const foldedViews: Queue<object> = defineQueue({
  name: 'fold-product-views',
  reason: 'Views are counted apart from their products, so that a view costs little.',
  data: object({}),
  schedule: '* * * * *',
  policy: 'stately',
  transaction: 'managed',
  work: async (tx) => {
    if ((await foldViews(tx, 1)) === COUNTS_PER_JOB) await send(tx, foldedViews, {});
  },
});
