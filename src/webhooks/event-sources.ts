import type { EventSource } from '../events/definition/event-source';
import { eventSourceOf } from '../resource/definition/event-source';
import { webhooks } from './subscriptions/webhook.resource';

/** The events of webhooks. */
export const webhookEvents: readonly EventSource[] = [eventSourceOf(webhooks)];
