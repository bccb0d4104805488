import { invalidTransition } from '../problems';

/** The statuses that a return can move to from each status; a trigger guards the same table. */
const RETURN_TRANSITIONS = {
  pending: ['accepted', 'closed'],
  requested: ['accepted', 'rejected'],
  accepted: ['received', 'rejected'],
  received: ['closed'],
  closed: [],
  rejected: [],
} as const satisfies Record<string, readonly string[]>;

export type ReturnStatus = keyof typeof RETURN_TRANSITIONS;

export const RETURN_STATUSES = Object.keys(RETURN_TRANSITIONS) as readonly ReturnStatus[];

/** Throws `invalid_transition` (409) unless staff may move a return so; a pending withdrawal is the customer's to confirm. */
export function requireReturnTransition(from: ReturnStatus, to: ReturnStatus): void {
  const allowed: readonly string[] = from === 'pending' ? [] : RETURN_TRANSITIONS[from];
  if (allowed.includes(to)) return;
  const next =
    from === 'pending'
      ? 'The customer has not confirmed the withdrawal yet'
      : allowed.length === 0
        ? `The status ${from} is final`
        : `The return can only become ${allowed.join(' or ')}`;
  throw invalidTransition.because(`Invalid status transition: ${from} to ${to}. ${next}.`, {
    errors: allowed.map((status) => ({ pointer: '/status', code: 'allowed', message: status })),
  });
}
