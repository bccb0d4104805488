import { type Endpoint, endpoint } from '../../http/endpoint';
import { ok } from '../../http/output/reply';
import { type ApiRouter, apiRouter } from '../../http/routing/api-router';
import { creationSchema, objectSchema } from '../../resource/definition/schemas';
import type { ResourceService } from '../../resource/resource.service';
import { resourceEndpoints } from '../../resource/resource-endpoints';
import { named, object, uuid } from '../../schema/schema';
import { deliveryEndpoints } from '../deliveries/delivery.endpoints';
import { webhooks } from './webhook.resource';
import { rotationSchema, secretShape } from './webhook.schemas';
import { createWebhook, rotateSecret } from './webhook.service';

/** Returns the router of webhooks. */
export function webhookRouter(service: ResourceService): ApiRouter {
  const endpoints = [...resourceEndpoints(service), creation(service), rotation, ...deliveryEndpoints];
  return apiRouter({ prefix: webhooks.prefix, tag: webhooks.tag, description: webhooks.description, endpoints });
}

function creation(service: ResourceService): Endpoint {
  return endpoint({
    transaction: 'managed',
    method: 'post',
    path: '/',
    operationId: 'createWebhook',
    summary: 'Create a webhook',
    description: 'It gets every event that is committed after it. The response shows its secret, once.',
    access: webhooks.access.write,
    body: creationSchema(webhooks),
    example: webhooks.example,
    repliesWithSecret: true,
    responses: {
      201: {
        description: 'The webhook with its secret.',
        schema: () => named('CreatedWebhook', objectSchema(webhooks).keys(secretShape)),
        headers: ['Location', 'ETag'],
      },
    },
    run: (tx, { body }) => createWebhook(tx, service, body),
  });
}

const rotation = endpoint({
  transaction: 'managed',
  method: 'post',
  path: '/:id/rotate-secret',
  operationId: 'rotateWebhookSecret',
  summary: 'Give a webhook a new secret',
  description: 'Deliveries carry the signatures of both secrets until the overlap ends. The response shows the new one, once.',
  access: webhooks.access.write,
  params: { id: uuid().description('The id of the webhook.').required() },
  body: rotationSchema,
  example: { overlapHours: 24 },
  repliesWithSecret: true,
  responses: { 200: { description: 'The new secret.', schema: () => named('WebhookSecret', object(secretShape)) } },
  run: async (tx, { params: { id }, body }) => ok({ secret: await rotateSecret(tx, id, body.overlapHours) }),
});
