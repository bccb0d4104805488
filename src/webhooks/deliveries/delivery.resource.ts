import { defineResource } from '../../resource/definition/resource';
import { attemptFields, deliveryFields } from './delivery.schemas';
import { WebhookAttempt } from './records/webhook-attempt.model';
import { WebhookDelivery } from './records/webhook-delivery.model';

const shown = { prefix: '/v1/webhooks', tag: 'Webhooks', defaultSort: '-createdAt', access: { read: 'webhooks:read' } } as const;

/** The deliveries of a webhook. */
export const deliveries = defineResource({
  ...shown,
  name: 'webhook-deliveries',
  one: 'webhook-delivery',
  description: 'Deliveries of events to webhooks.',
  model: () => WebhookDelivery,
  fields: deliveryFields,
  verbs: ['list'],
});

/** The attempts of a delivery. */
export const attempts = defineResource({
  ...shown,
  name: 'webhook-attempts',
  one: 'webhook-attempt',
  description: 'Attempts of deliveries.',
  model: () => WebhookAttempt,
  fields: attemptFields,
  verbs: ['list'],
});
