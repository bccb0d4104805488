import type { Queue } from '../jobs';
import { oldDeliveries } from './deliveries/records/old-deliveries.queue';

/** The queues of webhooks. */
export const webhookQueues: readonly Queue[] = [oldDeliveries];
