import type { TxContext } from '../../../context/context';
import { queryOne } from '../../../database/sql/statement';
import type { Order } from '../../orders/order.model';
import { withdrawalExpired } from '../../problems';

/*
 * The days run from the delivery of the last piece, or from its shipping where the delivery is not known, to the end of the last day in UTC.
 * An order of which something is still to ship has no end yet (Directive 2011/83/EU, Article 9).
 */
const WINDOW = `
  SELECT date_trunc('second', clock_timestamp()) AS now, to_char(e.ends - interval '1 day', 'YYYY-MM-DD') AS last_day,
    coalesce(clock_timestamp() AT TIME ZONE 'UTC' >= e.ends, false) AS is_over
  FROM orders o, LATERAL (
    SELECT date_trunc('day', coalesce(max(coalesce(s.delivered_at, s.shipped_at)), o.shipped_at) AT TIME ZONE 'UTC')
      + make_interval(days => $2::int + 1) AS ends
    FROM shipments s WHERE s.order_id = o.id
  ) e
  WHERE o.id = $1::uuid`;

/** Returns the database's time, to the second; throws `withdrawal_expired` (409) where the time for a withdrawal of the order is over. */
export async function requireInTime(tx: TxContext, { id, status }: Order): Promise<Date> {
  const values = [id, tx.env.WITHDRAWAL_DAYS];
  const window = await queryOne<{ now: Date; last_day: string; is_over: boolean }>(tx, { text: WINDOW, values });
  if (!window) throw new Error(`Order ${id} is gone under its lock.`);
  const hasEnd = status === 'shipped' || status === 'completed';
  if (!hasEnd || !window.is_over) return new Date(window.now);
  throw withdrawalExpired.because(
    `The time for a withdrawal of this order ended on ${window.last_day}. Ask for a return instead: POST /v1/orders/${id}/returns.`,
  );
}
