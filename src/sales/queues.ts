import type { Queue } from '../jobs';
import { abandonedCarts } from './carts/abandoned-carts.queue';
import { releaseCarts } from './carts/hold/release-carts.queue';
import { expireOrders } from './orders/expiry/expire-orders.queue';

/** The queues of sales. */
export const salesQueues = [expireOrders, releaseCarts, abandonedCarts] as readonly Queue[];
