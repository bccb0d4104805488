import { paymentSettled } from '../problems';

/**
 * The statuses that a payment can move to from each status; a trigger guards the same table. `received` paid its order, `refund_due` goes back
 * to the buyer, `held` waits for a person, `failed` brought no money.
 */
export const PAYMENT_TRANSITIONS = {
  failed: ['received', 'held', 'refund_due', 'refunded'],
  held: ['received', 'refunded'],
  refund_due: ['received', 'refunded'],
  received: ['refunded'],
  // A provider may tell of a refund before it tells of the payment.
  refunded: ['received', 'held', 'refund_due'],
} as const satisfies Record<string, readonly string[]>;

export type PaymentStatus = keyof typeof PAYMENT_TRANSITIONS;

export const PAYMENT_STATUSES = Object.keys(PAYMENT_TRANSITIONS) as readonly PaymentStatus[];

/** Why a payment did not pay an order. */
export const PAYMENT_REASONS = ['order_unknown', 'order_cancelled', 'order_paid', 'amount_differs', 'currency_differs'] as const;

export type PaymentReason = (typeof PAYMENT_REASONS)[number];

/** What a provider tells of a payment. */
export const PAYMENT_EVENT_TYPES = ['succeeded', 'failed', 'refunded'] as const;

export type PaymentEventType = (typeof PAYMENT_EVENT_TYPES)[number];

/** Throws `payment_settled` (409) unless the payment waits for a person. */
export function requireUnsettled(status: PaymentStatus): void {
  if (status === 'held' || status === 'refund_due') return;
  throw paymentSettled.because(`The payment is ${status}; only one that is held or due for a refund can be resolved.`);
}
