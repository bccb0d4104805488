import { v7 } from 'uuid';
import type { TxContext } from '../../context/context';
import { sealSecret } from '../../encryption/sealed-secret';
import type { EventCatalogue } from '../../events/definition/event-catalogue';
import { JsonText, type Reply } from '../../http/output/reply';
import type { Values } from '../../resource/definition/resource';
import { ResourceService } from '../../resource/resource.service';
import { newSecret } from '../signing/sign';
import { webhookHooks } from './webhook.hooks';
import { webhooks } from './webhook.resource';

export { rotateSecret } from '../signing/rotate-secret';

/** Returns what manages webhooks of these events. */
export function webhookService(catalogue: EventCatalogue): ResourceService {
  return new ResourceService(webhooks, webhookHooks(catalogue));
}

/** Creates a webhook, and returns the reply with it and its secret, which no later response shows; throws `invalid_body` (422). */
export async function createWebhook(tx: TxContext, service: ResourceService, values: Values): Promise<Reply> {
  const id = v7();
  const secret = newSecret();
  const reply = await service.create(tx, { ...values, id, secret: sealSecret(tx.env, secret, id) });
  return { ...reply, body: withSecret(reply.body as JsonText, secret) };
}

function withSecret({ text }: JsonText, secret: string): JsonText {
  return new JsonText(text.slice(0, text.lastIndexOf('}')), `,"secret":${JSON.stringify(secret)}}`);
}
