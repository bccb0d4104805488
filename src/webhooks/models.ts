import type { Sequelize } from 'sequelize';
import { registerWebhook, Webhook } from './webhook.model';

/** The audited models of webhooks. */
export const auditedWebhooks = [Webhook] as const;

/** Registers the models of webhooks. */
export function registerWebhooks(sequelize: Sequelize): void {
  registerWebhook(sequelize);
}
