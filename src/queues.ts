import { accountsQueues } from './accounts';
import { expiredKeys } from './idempotency/expired-keys.queue';
import type { Queue } from './jobs';

/** Every queue of jobs. */
export const queues: readonly Queue[] = [...accountsQueues, expiredKeys];
