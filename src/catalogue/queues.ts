import type { Queue } from '../jobs';
import { foldedViews } from './products/views/fold-views.queue';
import { oldViews } from './products/views/old-views.queue';

/** The queues of the catalogue. */
export const catalogueQueues: readonly Queue[] = [foldedViews, oldViews];
