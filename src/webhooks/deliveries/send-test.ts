import { v7 } from 'uuid';
import type { TxContext } from '../../context/context';
import { queryAll } from '../../database/sql/statement';
import { type Found, readObject } from '../../resource/read/read-one';
import { lockRow } from '../../resource/write/lock-row';
import { webhooks } from '../subscriptions/webhook.resource';
import { deliveries } from './delivery.resource';

/** The type of a test, which no event of the shop has. */
export const TEST_TYPE = 'webhooks.test';

/**
 * Makes a delivery of a test event, which goes the way of all others, but once, at once and to a paused webhook, too; returns it. Throws
 * `not_found` (404).
 */
export async function sendTest(tx: TxContext, webhookId: string): Promise<Found> {
  await lockRow(tx, webhooks, webhookId);
  const id = v7();
  // An object of its own, so that it waits behind no other delivery.
  await queryAll(tx, {
    text: `INSERT INTO webhook_deliveries (id, webhook_id, event_id, event_type, object_type, object_id, position)
      VALUES ($1::uuid, $2::uuid, $3::text, '${TEST_TYPE}', 'webhooks', $1::uuid, 0)`,
    values: [id, webhookId, `${id}-test`],
  });
  return readObject(tx, deliveries, id);
}
