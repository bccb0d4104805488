import { Decimal } from 'decimal.js';
import type { TxContext } from '../../context/context';
import { Refund } from './refund.model';

/** Returns what was refunded of an order so far; call it under the order's lock. */
export async function refundedAmount({ transaction }: TxContext, orderId: string): Promise<Decimal> {
  // Typed as a number; PostgreSQL's numeric arrives as text, and null for no refund.
  const sum: unknown = await Refund.sum('amount', { where: { orderId }, transaction });
  return new Decimal(sum === null ? 0 : String(sum));
}
