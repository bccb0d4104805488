import { invalidTransition } from '../problems';

/** Where an order can go from each status; the database guards the same table. */
export const ORDER_TRANSITIONS = {
  pending: ['paid', 'cancelled'],
  paid: ['shipped', 'cancelled'],
  shipped: ['completed'],
  completed: ['refunded'],
  cancelled: [],
  refunded: [],
} as const satisfies Record<string, readonly string[]>;

export type OrderStatus = keyof typeof ORDER_TRANSITIONS;

export const ORDER_STATUSES = Object.keys(ORDER_TRANSITIONS) as readonly OrderStatus[];

/** Throws `invalid_transition` (409), naming where the order can go. */
export function requireTransition(from: OrderStatus, to: OrderStatus): void {
  const allowed: readonly string[] = ORDER_TRANSITIONS[from];
  if (allowed.includes(to)) return;
  const ways = allowed.length === 0 ? 'nowhere from there' : `only to ${allowed.join(' or ')}`;
  throw invalidTransition.because(`The order is ${from}, and can go ${ways}.`, {
    errors: allowed.map((status) => ({ pointer: '/status', code: 'allowed', message: status })),
  });
}
