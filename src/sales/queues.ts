import type { EventQueue } from '../events/queues/event-queue';
import type { Queue } from '../jobs';
import { abandonedCarts } from './carts/abandoned-carts.queue';
import { releaseCarts } from './carts/hold/release-carts.queue';
import { issueDocuments } from './documents/issue/issue-documents.queue';
import { mailDocument } from './documents/mail/mail-document.queue';
import { expireOrders } from './orders/expiry/expire-orders.queue';

/** The queues of sales. */
export const salesQueues = [expireOrders, releaseCarts, abandonedCarts, issueDocuments.queue, mailDocument] as readonly Queue[];

/** The queues of sales that events feed. */
export const salesEventQueues = [issueDocuments] as readonly unknown[] as readonly EventQueue[];
