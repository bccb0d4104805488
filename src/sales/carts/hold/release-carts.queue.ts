import type { TxContext } from '../../../context/context';
import { queryAll } from '../../../database/sql/statement';
import { defineTimedQueue } from '../../../jobs';

const { queue, sendSoon } = defineTimedQueue({
  name: 'release-carts',
  reason: 'The goods of a cart go back to stock when its hold ends.',
  table: 'carts',
  column: 'held_until',
  condition: 'held_until IS NOT NULL',
  settle: releaseDue,
});

/** Ends the holds whose time has come; a trigger puts the goods back. */
export const releaseCarts = queue;

/** Sends the jobs of those of these times that come before the job of the next minute looks ahead. */
export const soonReleased: (tx: TxContext, times: readonly Date[]) => Promise<void> = sendSoon;

/*
 * Carts that somebody holds a lock on are left to the next run. The products of all of them are locked first, in the order of their ids, as
 * an order locks them: the trigger would lock those of one cart after the other.
 */
async function releaseDue(tx: TxContext, most: number): Promise<number> {
  const due = await queryAll<{ id: string }>(tx, { text: DUE, values: [most] });
  if (due.length === 0) return 0;
  const values = [due.map(({ id }) => id)];
  await queryAll(tx, { text: LOCK_PRODUCTS, values });
  await queryAll(tx, { text: RELEASE, values });
  return due.length;
}

const DUE = `SELECT id FROM carts WHERE held_until <= clock_timestamp() ORDER BY held_until LIMIT $1::int FOR NO KEY UPDATE SKIP LOCKED`;

const LOCK_PRODUCTS = `SELECT FROM products WHERE id IN (SELECT product_id FROM cart_items WHERE cart_id = ANY ((SELECT $1::uuid[])::uuid[]))
  ORDER BY id FOR NO KEY UPDATE`;

const RELEASE = `UPDATE carts SET held_until = NULL, is_hold_extended = false WHERE id = ANY ((SELECT $1::uuid[])::uuid[])`;
