import type { Queue } from '../jobs';
import { expireOrders } from './orders/expiry/expire-orders.queue';

/** The queues of sales. */
export const salesQueues = [expireOrders] as readonly Queue[];
