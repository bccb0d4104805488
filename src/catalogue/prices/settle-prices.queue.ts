import type { TxContext } from '../../context/context';
import { queryAll, queryOne } from '../../database/sql/statement';
import { defineQueue, type Queue, send } from '../../jobs';
import { flag, object, optional } from '../../schema/schema';
import type { PriceSpan } from './changes/quote-prices.statement';

interface Slice {
  /** Whether it writes down what is due and looks no further. */
  readonly once?: boolean;
}

/** The most products of a run, which takes a second or two. */
const MAX_PRODUCTS = 1_000;
/** How far the job of each minute looks ahead, and how many switches it sends a job for. */
const AHEAD_SECONDS = 60;
const MAX_SWITCHES = 120;

/**
 * Writes down the prices of products that have begun or ended. Reads and orders take the price of the moment without it; filters and sorts
 * go by what is written down, so that they lag behind by as long as this takes to run: seconds.
 */
export const settlePrices: Queue<Slice> = defineQueue({
  name: 'settle-prices',
  reason: 'Prices that begin or end at a time are written down then.',
  data: object({ once: optional(flag()) }) as unknown as Queue<Slice>['data'],
  schedule: '* * * * *',
  transaction: 'managed',
  work: async (tx, { data }) => {
    const settled = await settleDue(tx);
    if (settled === MAX_PRODUCTS) await send(tx, settlePrices, { once: true });
    if (data.once) return;
    for (const at of await switchesAhead(tx)) await send(tx, settlePrices, { once: true }, { startAfter: at });
  },
});

/** Sends the job for a price that begins or ends before that of the next minute looks ahead. */
export async function soonSettled(tx: TxContext, { validFrom, validTo }: PriceSpan): Promise<void> {
  const latest = Date.now() + 2 * AHEAD_SECONDS * 1_000;
  for (const time of [validFrom, validTo]) {
    if (time !== null && Date.parse(time) <= latest) await send(tx, settlePrices, { once: true }, { startAfter: new Date(time) });
  }
}

/* Locks the products in the order of their ids; those that somebody holds are left to the next run. */
async function settleDue(tx: TxContext): Promise<number> {
  const text = `SELECT coalesce(array_length(d.ids, 1), 0) AS due, settle_prices(d.ids) FROM (
    SELECT ARRAY(
      SELECT id FROM products WHERE id IN (SELECT id FROM products WHERE price_changes_at <= clock_timestamp() ORDER BY price_changes_at LIMIT ${MAX_PRODUCTS})
      ORDER BY id FOR NO KEY UPDATE SKIP LOCKED
    ) AS ids
  ) d`;
  return (await queryOne<{ due: number }>(tx, { text, values: [] }))?.due ?? 0;
}

async function switchesAhead(tx: TxContext): Promise<Date[]> {
  const text = `SELECT DISTINCT price_changes_at AS at FROM products
    WHERE price_changes_at > clock_timestamp() AND price_changes_at <= clock_timestamp() + interval '${AHEAD_SECONDS} seconds'
    ORDER BY 1 LIMIT ${MAX_SWITCHES}`;
  return (await queryAll<{ at: Date }>(tx, { text, values: [] })).map(({ at }) => at);
}
