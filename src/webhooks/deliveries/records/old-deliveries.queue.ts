import type { TxContext } from '../../../context/context';
import { queryAll } from '../../../database/sql/statement';
import { defineQueue, type Queue, send } from '../../../jobs';
import { object } from '../../../schema/schema';

const SLICE = 1_000;
const KEPT_DAYS = 30;

/** Deletes deliveries that ended more than 30 days ago, with their attempts, every hour, a thousand per job. */
export const oldDeliveries: Queue<object> = defineQueue({
  name: 'delete-old-webhook-deliveries',
  reason: `Webhook deliveries that ended more than ${KEPT_DAYS} days ago are deleted every hour.`,
  data: object({}),
  schedule: '41 * * * *',
  policy: 'stately',
  transaction: 'managed',
  work: deleteOldDeliveries,
});

async function deleteOldDeliveries(tx: TxContext): Promise<void> {
  const deleted = await queryAll(tx, { text: DELETE, values: [SLICE] });
  if (deleted.length === SLICE) await send(tx, oldDeliveries, {});
}

/* One that is sent again right now is deleted at the next run. */
const DELETE = `
  DELETE FROM webhook_deliveries WHERE id IN (
    SELECT id FROM webhook_deliveries WHERE finished_at < now() - interval '${KEPT_DAYS} days'
    ORDER BY finished_at LIMIT $1::int FOR UPDATE SKIP LOCKED
  ) RETURNING id`;
