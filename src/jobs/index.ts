/** Jobs: work that the shop does later, or at set times, kept in its own database. */
export { type JobCounts, readJobCounts } from './job-counts.queries';
export { jobExists } from './job-exists';
export { prepareQueues } from './prepare-queues';
export { defineQueue, type Job, type Queue } from './queue';
export { type SendOptions, send } from './send';
export { defineTimedQueue, type TimedQueue } from './timed-queue';
export { type JobWorker, startWorker } from './worker/worker';
