/** Why a request reached no receiver, or had no answer; clients see the code in the list of attempts. */
export const FAILURE_CODES = [
  'unresolvable',
  'address_refused',
  'url_refused',
  'connection_failed',
  'tls_failed',
  'timed_out',
  'redirected',
  'status',
  'secret_unreadable',
  'event_gone',
] as const;

export type FailureCode = (typeof FAILURE_CODES)[number];

/** The error of a delivery that failed; the message holds neither the payload nor what the receiver answered. */
export class DeliveryError extends Error {
  constructor(
    readonly code: FailureCode,
    message: string,
  ) {
    super(message);
    this.name = 'DeliveryError';
  }
}
