import { changesTo } from '../../events/definition/event-rule';
import { defineResource } from '../../resource/definition/resource';
import { Webhook } from './webhook.model';
import { webhookFields } from './webhook.schemas';

/** Webhooks: where the events of the shop are sent. */
export const webhooks = defineResource({
  name: 'webhooks',
  one: 'webhook',
  prefix: '/v1/webhooks',
  tag: 'Webhooks',
  description: 'URLs that events are sent to, signed as Standard Webhooks, at least once, and in order for each object.',
  model: () => Webhook,
  fields: webhookFields,
  events: { paused: changesTo('status', 'paused', 'A webhook was paused; pausedReason says why.') },
  verbs: ['list', 'read', 'patch', 'delete', 'restore'],
  example: { url: 'https://shop.example/hooks', eventTypes: ['orders.*'] },
});
