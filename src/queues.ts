import { accountsQueues } from './accounts';
import { expiredKeys } from './idempotency/expired-keys.queue';
import type { Queue } from './jobs';
import { importQueue } from './resource/transfer/imports/jobs/import.queue';
import { importRetentionQueue } from './resource/transfer/imports/jobs/import-retention.queue';
import { webhookQueues } from './webhooks/queues';

/** Every queue of jobs. */
export const queues: readonly Queue[] = [...accountsQueues, expiredKeys, importQueue, importRetentionQueue, ...webhookQueues];
