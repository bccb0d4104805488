import type { TxContext } from '../../context/context';
import { queryAll } from '../../database/sql/statement';
import { defineQueue, type Queue, send } from '../../jobs';
import { object } from '../../schema/schema';

const MAX_ROWS = 1_000;

/** Gives up the open carts that nobody has changed for CART_EXPIRES_DAYS. */
export const abandonedCarts: Queue<object> = defineQueue({
  name: 'abandon-carts',
  reason: 'A cart that nobody comes back to is given up.',
  data: object({}),
  schedule: '17 * * * *',
  policy: 'stately',
  transaction: 'managed',
  work: abandonCarts,
});

/* By then its hold is long over. Carts that somebody holds a lock on are left to the next run. */
async function abandonCarts(tx: TxContext): Promise<void> {
  const text = `UPDATE carts SET status = 'abandoned' WHERE id IN (
    SELECT id FROM carts WHERE status = 'open' AND deleted_at IS NULL AND held_until IS NULL
      AND updated_at < clock_timestamp() - interval '${tx.env.CART_EXPIRES_DAYS} days'
    ORDER BY updated_at LIMIT ${MAX_ROWS} FOR NO KEY UPDATE SKIP LOCKED
  ) RETURNING id`;
  if ((await queryAll(tx, { text, values: [] })).length === MAX_ROWS) await send(tx, abandonedCarts, {});
}
