import { eventCatalogue } from '../../../src/routes';
import { WebhookWorker } from '../../../src/webhooks/worker/webhook-worker';
import type { Person } from '../../factories/people';
import type { Shop } from '../../support/shop';

/** The settings of a shop whose webhooks may go to the receivers of tests. */
export const HOOK_SETTINGS = { WEBHOOK_ALLOWED_NETWORKS: '127.0.0.0/8', WEBHOOK_HTTP: 'on' };

/** Makes the deliveries of every event there is, and attempts all that are due, once each. */
export async function sendAll(shop: Shop): Promise<void> {
  await new WebhookWorker(shop, eventCatalogue).runOnce();
}

/** Lets every pending delivery be due now, as if its wait were over. */
export async function passTime(shop: Shop): Promise<void> {
  await shop.query(`UPDATE webhook_deliveries SET due_at = now() - interval '1 second' WHERE status = 'pending'`);
}

/** The calls of a webhook, as an administrator. */
export function hookCalls(shop: Shop, admin: Person) {
  const call = (method: 'get' | 'post' | 'patch' | 'delete', path: string, body?: object) =>
    shop.call(method, `/v1/webhooks${path}`, { token: admin.token, ...(body && { body }) });
  return {
    make: (body: object) => call('post', '', body),
    read: (id: string) => call('get', `/${id}`),
    patch: (id: string, body: object) => call('patch', `/${id}`, body),
    remove: (id: string) => call('delete', `/${id}?force=true`),
    rotate: (id: string, body?: object) => call('post', `/${id}/rotate-secret`, body),
    test: (id: string) => call('post', `/${id}/test`),
    deliveries: (id: string, query = '') => call('get', `/${id}/deliveries${query}`),
    attempts: (id: string, delivery: string) => call('get', `/${id}/deliveries/${delivery}/attempts`),
    redeliver: (id: string, delivery: string) => call('post', `/${id}/deliveries/${delivery}/redeliver`),
  };
}
