import { invalidTransition, notRefundable } from '../../problems';

/** The statuses that an order can move to from each status; a trigger guards the same table. */
const ORDER_TRANSITIONS = {
  pending: ['paid', 'cancelled'],
  paid: ['partly_shipped', 'shipped', 'cancelled', 'refunded'],
  partly_shipped: ['shipped', 'refunded'],
  shipped: ['completed', 'refunded'],
  completed: ['refunded'],
  cancelled: [],
  refunded: [],
} as const satisfies Record<string, readonly string[]>;

export type OrderStatus = keyof typeof ORDER_TRANSITIONS;

export const ORDER_STATUSES = Object.keys(ORDER_TRANSITIONS) as readonly OrderStatus[];

/** Throws `invalid_transition` (409), with the statuses that are allowed, unless the table allows the transition. */
export function requireTransition(from: OrderStatus, to: OrderStatus): void {
  const allowed: readonly string[] = ORDER_TRANSITIONS[from];
  if (allowed.includes(to)) return;
  const next = allowed.length === 0 ? `The status ${from} is final` : `The order can only become ${eitherOf(allowed)}`;
  throw invalidTransition.because(`Invalid status transition: ${from} to ${to}. ${next}.`, {
    errors: allowed.map((status) => ({ pointer: '/status', code: 'allowed', message: status })),
  });
}

const REFUNDABLE: readonly OrderStatus[] = ['paid', 'partly_shipped', 'shipped', 'completed'];

/** Throws `not_refundable` (409) unless money of an order of this status can be refunded. */
export function requireRefundable(status: OrderStatus): void {
  if (REFUNDABLE.includes(status)) return;
  throw notRefundable.because(`The order is ${status}; only paid, partly shipped, shipped and completed orders can be refunded.`);
}

/** Throws `not_refundable` (409) unless goods of an order of this status can come back; those of a refunded one may come later. */
export function requireReturnable(status: OrderStatus): void {
  if (status !== 'refunded') requireRefundable(status);
}

function eitherOf(statuses: readonly string[]): string {
  return [statuses.slice(0, -1).join(', '), statuses.at(-1)].filter(Boolean).join(' or ');
}
