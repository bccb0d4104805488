import { Decimal } from 'decimal.js';
import type { Order } from '../../orders/order.model';
import type { PaymentReason, PaymentStatus } from '../payment.states';

/** What becomes of money that has arrived. */
export interface Settlement {
  readonly status: Extract<PaymentStatus, 'received' | 'held' | 'refund_due'>;
  readonly reason: PaymentReason | null;
}

type Owed = Pick<Order, 'status' | 'total' | 'currency'>;

/**
 * Returns what becomes of an amount that arrived for an order, null for no order that there is: it pays a pending order that costs exactly
 * this, waits for a person where that costs something else, and otherwise goes back to the buyer. The order must be locked.
 */
export function settlementOf({ amount, currency }: { readonly amount: string; readonly currency: string }, order: Owed | null): Settlement {
  if (order === null) return { status: 'refund_due', reason: 'order_unknown' };
  if (order.status === 'cancelled') return { status: 'refund_due', reason: 'order_cancelled' };
  if (order.status !== 'pending') return { status: 'refund_due', reason: 'order_paid' };
  if (order.currency !== currency) return { status: 'held', reason: 'currency_differs' };
  return new Decimal(order.total).equals(amount) ? { status: 'received', reason: null } : { status: 'held', reason: 'amount_differs' };
}
