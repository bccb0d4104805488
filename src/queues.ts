import { accountsQueues, permissionsOf } from './accounts';
import { catalogueQueues } from './catalogue';
import { contentQueues } from './content';
import type { EventQueue } from './events/queues/event-queue';
import { expiredKeys } from './idempotency/expired-keys.queue';
import type { Queue } from './jobs';
import { importQueues } from './resource/transfer/imports/jobs/import.queue';
import { oldImports } from './resource/transfer/imports/jobs/old-imports.queue';
import { salesEventQueues, salesQueues } from './sales';
import { webhookQueues } from './webhooks/queues';

/** Every queue that events feed. */
export const eventQueues: readonly EventQueue[] = salesEventQueues;

/** Every queue of jobs. */
export const queues: readonly Queue[] = [
  ...accountsQueues,
  ...catalogueQueues,
  ...contentQueues,
  ...salesQueues,
  expiredKeys,
  ...importQueues(permissionsOf),
  oldImports,
  ...salesQueues,
  ...webhookQueues,
];
