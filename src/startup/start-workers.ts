import type { SystemResources } from '../context/system-context';
import { type JobWorker, startWorker } from '../jobs';
import { queues } from '../queues';
import { eventCatalogue } from '../routes';
import { WebhookWorker } from '../webhooks/worker/webhook-worker';

/** Starts what a process does beside requests: jobs, and the sending of webhooks. */
export function startWorkers(resources: SystemResources): JobWorker {
  const jobs = startWorker(resources, queues);
  const webhooks = new WebhookWorker(resources, eventCatalogue);
  webhooks.start();
  return {
    started: jobs.started,
    stop: async (withinMs) => {
      await Promise.all([jobs.stop(withinMs), webhooks.stop(withinMs)]);
    },
  };
}
