import type { Queue } from '../jobs';
import { storedFiles } from './media/clean-up/stored-files.queue';
import { unrecordedContent } from './media/clean-up/unrecorded-content.queue';
import { unusedMedia } from './media/clean-up/unused-media.queue';
import { settlePrices } from './prices/settle-prices.queue';
import { refreshedStatistics } from './products/statistics/refresh/refresh-statistics.queue';
import { foldedViews } from './products/views/fold-views.queue';
import { oldViews } from './products/views/old-views.queue';

/** The queues of the catalogue. */
export const catalogueQueues = [
  foldedViews,
  oldViews,
  refreshedStatistics,
  unusedMedia,
  storedFiles,
  unrecordedContent,
  settlePrices,
] as readonly Queue[];
