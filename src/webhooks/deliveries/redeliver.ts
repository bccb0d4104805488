import type { Ctx, TxContext } from '../../context/context';
import { queryAll, queryOne } from '../../database/sql/statement';
import { type Found, notFoundHere, readObject } from '../../resource/read/read-one';
import { lockRow } from '../../resource/write/lock-row';
import { webhooks } from '../webhook.resource';
import { deliveries } from './delivery.resource';
import { deliveryPending } from './delivery-pending';

/**
 * Puts a delivery that has ended at the end of its object's line again, with the same message id, and returns it; throws `not_found` (404),
 * `delivery_pending` (409).
 */
export async function redeliver(tx: TxContext, webhookId: string, deliveryId: string): Promise<Found> {
  await lockRow(tx, webhooks, webhookId);
  await requireDelivery(tx, webhookId, deliveryId);
  const [position] = await queryAll<{ position: string }>(tx, {
    text: 'UPDATE webhook_cursors SET last_position = last_position + 1 WHERE id = $1::uuid RETURNING last_position AS position',
    values: [webhookId],
  });
  const [again] = await queryAll(tx, { text: REDELIVER, values: [deliveryId, position?.position] });
  if (!again) throw deliveryPending.because('The delivery is still pending: it will be sent. Read its dueAt for when.');
  return readObject(tx, deliveries, deliveryId);
}

/** Throws `not_found` (404) unless the webhook has this delivery. */
export async function requireDelivery(ctx: Ctx, webhookId: string, deliveryId: string): Promise<void> {
  await readObject(ctx, webhooks, webhookId, { fields: ['id'], include: [] });
  const values = [deliveryId, webhookId];
  const text = 'SELECT id FROM webhook_deliveries WHERE id = $1::uuid AND webhook_id = $2::uuid';
  if (!(await queryOne(ctx, { text, values }))) throw notFoundHere(deliveries);
}

const REDELIVER = `UPDATE webhook_deliveries
  SET status = 'pending', due_at = clock_timestamp(), retry_count = 0, position = $2::bigint, finished_at = NULL
  WHERE id = $1::uuid AND status <> 'pending' RETURNING id`;
