import { endpoint } from '../http/endpoint';
import { ok } from '../http/output/reply';
import { apiRouter } from '../http/routing/api-router';
import { creationSchema, objectSchema } from '../resource/definition/schemas';
import { resourceEndpoints } from '../resource/resource-endpoints';
import { named, object, uuid } from '../schema/schema';
import { webhooks } from './webhook.resource';
import { rotationSchema, secretShape } from './webhook.schemas';
import { createWebhook, rotateSecret, webhookService } from './webhook.service';

const params = { id: uuid().description('The id of the webhook.').required() };

export const webhookRouter = apiRouter({
  prefix: webhooks.prefix,
  tag: webhooks.tag,
  description: webhooks.description,
  endpoints: [
    ...resourceEndpoints(webhookService),
    endpoint({
      transaction: 'managed',
      method: 'post',
      path: '/',
      operationId: 'createWebhook',
      summary: 'Create a webhook',
      description: 'It gets every event that is committed after it. The response shows its secret, once.',
      access: webhooks.access.write,
      body: creationSchema(webhooks),
      example: webhooks.example,
      responses: {
        201: {
          description: 'The webhook with its secret.',
          schema: () => named('CreatedWebhook', objectSchema(webhooks).keys(secretShape)),
          headers: ['Location', 'ETag'],
        },
      },
      run: (tx, { body }) => createWebhook(tx, body),
    }),
    endpoint({
      transaction: 'managed',
      method: 'post',
      path: '/:id/rotate-secret',
      operationId: 'rotateWebhookSecret',
      summary: 'Give a webhook a new secret',
      description: 'Deliveries carry the signatures of both secrets until the overlap ends. The response shows the new one, once.',
      access: webhooks.access.write,
      params,
      body: rotationSchema,
      example: { overlapHours: 24 },
      responses: { 200: { description: 'The new secret.', schema: () => named('WebhookSecret', object(secretShape)) } },
      run: async (tx, { params: { id }, body }) => ok({ secret: await rotateSecret(tx, id, body.overlapHours) }),
    }),
  ],
});
