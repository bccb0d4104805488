import { accountsQueues } from './accounts';
import type { Queue } from './jobs';

/** Every queue of jobs. */
export const queues: readonly Queue[] = [...accountsQueues];
