import type { SystemResources } from '../context/system-context';
import { EventQueueWorker } from '../events/queues/event-queue-worker';
import { type JobWorker, startWorker } from '../jobs';
import { eventQueues, queues } from '../queues';
import { eventCatalogue } from '../routes';
import { WebhookWorker } from '../webhooks/worker/webhook-worker';

/** Starts what a process does beside requests: jobs, those that events send, and the sending of webhooks. */
export function startWorkers(resources: SystemResources): JobWorker {
  const jobs = startWorker(resources, queues);
  const webhooks = new WebhookWorker(resources, eventCatalogue);
  webhooks.start();
  const eventJobs = new EventQueueWorker(resources, eventCatalogue, eventQueues);
  eventJobs.start();
  return {
    started: jobs.started,
    stop: async (withinMs) => {
      await Promise.all([jobs.stop(withinMs), webhooks.stop(withinMs), eventJobs.stop(withinMs)]);
    },
  };
}
