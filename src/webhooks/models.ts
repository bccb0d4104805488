import type { Sequelize } from 'sequelize';
import { registerWebhookAttempt } from './deliveries/records/webhook-attempt.model';
import { registerWebhookDelivery } from './deliveries/records/webhook-delivery.model';
import { registerWebhookCursor } from './feed/webhook-cursor.model';
import { registerWebhook, Webhook } from './subscriptions/webhook.model';

/** The audited models of webhooks. */
export const auditedWebhooks = [Webhook] as const;

/** Registers the models of webhooks. */
export function registerWebhooks(sequelize: Sequelize): void {
  for (const register of [registerWebhook, registerWebhookCursor, registerWebhookDelivery, registerWebhookAttempt]) register(sequelize);
}
