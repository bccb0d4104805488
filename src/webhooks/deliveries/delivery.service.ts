import type { Ctx } from '../../context/context';
import type { Reply } from '../../http/output/reply';
import { belongingTo } from '../../resource/list/list-objects';
import type { ListQuery } from '../../resource/query/list-query';
import { readObject } from '../../resource/read/read-one';
import { ResourceService } from '../../resource/resource.service';
import { webhooks } from '../subscriptions/webhook.resource';
import { attempts, deliveries } from './delivery.resource';
import { requireDelivery } from './redeliver';

export { deliveryPending } from './delivery-pending';
export { redeliver } from './redeliver';
export { sendTest } from './send-test';

const deliveryService = new ResourceService(deliveries);
const attemptService = new ResourceService(attempts);

/** Returns a page of a webhook's deliveries; throws `not_found` (404). */
export async function listDeliveries(ctx: Ctx, webhookId: string, query: ListQuery): Promise<Reply> {
  await readObject(ctx, webhooks, webhookId, { fields: ['id'], include: [] });
  return deliveryService.list(ctx, query, `${webhooks.prefix}/${webhookId}/deliveries`, [belongingTo('webhook_id', webhookId)]);
}

/** Returns a page of a delivery's attempts; throws `not_found` (404). */
export async function listAttempts(ctx: Ctx, webhookId: string, deliveryId: string, query: ListQuery): Promise<Reply> {
  await requireDelivery(ctx, webhookId, deliveryId);
  const path = `${webhooks.prefix}/${webhookId}/deliveries/${deliveryId}/attempts`;
  return attemptService.list(ctx, query, path, [belongingTo('delivery_id', deliveryId)]);
}
