import type { TxContext } from '../../context/context';
import { queryOne } from '../../database/sql/statement';
import { defineTimedQueue } from '../../jobs';
import type { PriceSpan } from './changes/quote-prices.statement';

const { queue, sendSoon } = defineTimedQueue({
  name: 'settle-prices',
  reason: 'Prices that begin or end at a time are written down then.',
  table: 'products',
  column: 'price_changes_at',
  settle: settleDue,
});

/**
 * Writes down the prices of products that have begun or ended. Reads and orders take the price of the moment without it; filters and sorts
 * go by what is written down, so that they lag behind by as long as this takes to run: seconds.
 */
export const settlePrices = queue;

/** Sends the job for a price that begins or ends before that of the next minute looks ahead. */
export function soonSettled(tx: TxContext, { validFrom, validTo }: PriceSpan): Promise<void> {
  return sendSoon(
    tx,
    [validFrom, validTo].filter((time) => time !== null).map((time) => new Date(time)),
  );
}

/* Locks the products in the order of their ids; those that somebody holds are left to the next run. */
async function settleDue(tx: TxContext, most: number): Promise<number> {
  const text = `SELECT coalesce(array_length(d.ids, 1), 0) AS due, settle_prices(d.ids) FROM (
    SELECT ARRAY(
      SELECT id FROM products WHERE id IN (SELECT id FROM products WHERE price_changes_at <= clock_timestamp() ORDER BY price_changes_at LIMIT ${most})
      ORDER BY id FOR NO KEY UPDATE SKIP LOCKED
    ) AS ids
  ) d`;
  return (await queryOne<{ due: number }>(tx, { text, values: [] }))?.due ?? 0;
}
