import { type Endpoint, endpoint } from '../../http/endpoint';
import type { Reply } from '../../http/output/reply';
import { objectSchema } from '../../resource/definition/schemas';
import { listCost } from '../../resource/list/count/list-cost';
import { type ListQuery, listShape } from '../../resource/query/list-query';
import { pageSchema } from '../../resource/query/page-schema';
import type { Found } from '../../resource/read/read-one';
import { uuid } from '../../schema/schema';
import { attempts, deliveries } from './delivery.resource';
import { deliveryPending, listAttempts, listDeliveries, redeliver, sendTest } from './delivery.service';

const id = uuid().description('The id of the webhook.').required();
const deliveryId = uuid().description('The id of the delivery.').required();
const accepted = { 202: { description: 'The delivery; it is sent within seconds.', schema: () => objectSchema(deliveries) } };

/** The endpoints of a webhook's deliveries, below the webhook. */
export const deliveryEndpoints: readonly Endpoint[] = [
  endpoint({
    transaction: 'managed',
    method: 'post',
    path: '/:id/test',
    operationId: 'testWebhook',
    summary: 'Send a test event to a webhook',
    description: 'The delivery takes the way of all others, but is attempted once, and goes to a paused webhook, too.',
    access: 'webhooks:write',
    params: { id },
    responses: accepted,
    run: async (tx, { params }) => acceptedReply(await sendTest(tx, params.id)),
  }),
  endpoint({
    transaction: 'none',
    method: 'get',
    path: '/:id/deliveries',
    operationId: 'listWebhookDeliveries',
    summary: 'List the deliveries of a webhook',
    access: 'webhooks:read',
    params: { id },
    query: listShape(deliveries),
    cost: listCost,
    responses: { 200: { description: 'A page of deliveries.', schema: () => pageSchema(deliveries), headers: ['Link'] } },
    run: (ctx, { params, query }) => listDeliveries(ctx, params.id, query as ListQuery),
  }),
  endpoint({
    transaction: 'none',
    method: 'get',
    path: '/:id/deliveries/:deliveryId/attempts',
    operationId: 'listWebhookAttempts',
    summary: 'List the attempts of a delivery',
    access: 'webhooks:read',
    params: { id, deliveryId },
    query: listShape(attempts),
    cost: listCost,
    responses: { 200: { description: 'A page of attempts.', schema: () => pageSchema(attempts), headers: ['Link'] } },
    run: (ctx, { params, query }) => listAttempts(ctx, params.id, params.deliveryId, query as ListQuery),
  }),
  endpoint({
    transaction: 'managed',
    method: 'post',
    path: '/:id/deliveries/:deliveryId/redeliver',
    operationId: 'redeliverWebhookDelivery',
    summary: 'Send a delivery again',
    description: 'The message keeps its id. It comes after the deliveries of the same object that are pending.',
    access: 'webhooks:write',
    params: { id, deliveryId },
    responses: accepted,
    problems: [deliveryPending],
    run: async (tx, { params }) => acceptedReply(await redeliver(tx, params.id, params.deliveryId)),
  }),
];

function acceptedReply({ text }: Found): Reply {
  return { status: 202, body: text };
}
