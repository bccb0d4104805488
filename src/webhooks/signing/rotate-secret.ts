import type { TxContext } from '../../context/context';
import { databaseTime } from '../../database/database-time';
import { sealSecret } from '../../encryption/sealed-secret';
import { lockRow } from '../../resource/write/lock-row';
import type { Webhook } from '../subscriptions/webhook.model';
import { webhooks } from '../subscriptions/webhook.resource';
import { newSecret } from './sign';

/**
 * Gives a webhook a new secret and returns it; the previous one signs, too, for these hours. An older one, of a rotation whose overlap has
 * not ended, no longer signs. Throws `not_found` (404).
 */
export async function rotateSecret(tx: TxContext, id: string, overlapHours: number): Promise<string> {
  const webhook = (await lockRow(tx, webhooks, id)) as Webhook;
  const secret = newSecret();
  const overlap =
    overlapHours === 0
      ? { previousSecret: null, overlapEndsAt: null }
      : { previousSecret: webhook.secret, overlapEndsAt: databaseTime(overlapHours * 3_600) };
  await webhook.set({ secret: sealSecret(tx.env, secret, id), ...overlap }).save({ transaction: tx.transaction });
  return secret;
}
