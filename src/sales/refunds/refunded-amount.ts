import { Decimal } from 'decimal.js';
import type { Ctx } from '../../context/context';
import { queryOne } from '../../database/sql/statement';

/** What was refunded of an order so far. */
export async function refundedAmount(ctx: Ctx, orderId: string): Promise<Decimal> {
  const text = 'SELECT coalesce(sum(amount), 0)::text AS refunded FROM refunds WHERE order_id = $1::uuid';
  const row = await queryOne<{ refunded: string }>(ctx, { text, values: [orderId] });
  return new Decimal(row?.refunded ?? 0);
}
