import type { Ctx, TxContext } from '../../context/context';
import { queryAll, queryOne } from '../../database/sql/statement';
import { type Found, notFoundHere, readObject } from '../../resource/read/read-one';
import { lockRow } from '../../resource/write/lock-row';
import { webhooks } from '../subscriptions/webhook.resource';
import { deliveries } from './delivery.resource';
import { deliveryPending } from './delivery-pending';

/**
 * Puts a delivery that has ended at the end of its object's line again, with the same message id, and returns it; throws `not_found` (404),
 * `delivery_pending` (409).
 */
export async function redeliver(tx: TxContext, webhookId: string, deliveryId: string): Promise<Found> {
  await lockRow(tx, webhooks, webhookId);
  // Before the cursor is locked: whoever records an attempt of a pending delivery locks that first, and the cursor then.
  const { status } = await requireDelivery(tx, webhookId, deliveryId);
  if (status === 'pending') throw deliveryPending.because('The delivery is still pending: it will be sent. Read its dueAt for when.');
  const [position] = await queryAll<{ position: string }>(tx, {
    text: 'UPDATE webhook_cursors SET last_position = last_position + 1 WHERE id = $1::uuid RETURNING last_position AS position',
    values: [webhookId],
  });
  const [again] = await queryAll(tx, { text: REDELIVER, values: [deliveryId, position?.position] });
  // Deleted meanwhile, because of its age.
  if (!again) throw notFoundHere(deliveries);
  return readObject(tx, deliveries, deliveryId);
}

/** Returns the status of a webhook's delivery; throws `not_found` (404) unless the webhook has it. */
export async function requireDelivery(ctx: Ctx, webhookId: string, deliveryId: string): Promise<{ readonly status: string }> {
  await readObject(ctx, webhooks, webhookId, { fields: ['id'], include: [] });
  const values = [deliveryId, webhookId];
  const text = 'SELECT status FROM webhook_deliveries WHERE id = $1::uuid AND webhook_id = $2::uuid';
  const delivery = await queryOne<{ status: string }>(ctx, { text, values });
  if (!delivery) throw notFoundHere(deliveries);
  return delivery;
}

const REDELIVER = `UPDATE webhook_deliveries
  SET status = 'pending', due_at = clock_timestamp(), retry_count = 0, position = $2::bigint, finished_at = NULL
  WHERE id = $1::uuid AND status <> 'pending' RETURNING id`;
