import type { SignedBody } from '../../../http/input/body/signed-body';
import type { PaymentEventType } from '../payment.states';

/** What a message of a provider says of a payment, in the shop's terms. */
export interface ProviderEvent {
  readonly type: PaymentEventType;
  /** The provider's reference of the payment, the same in all messages of it. */
  readonly reference: string;
  /** The order that it is for, by id or by number; null where the message names none. */
  readonly orderId: string | null;
  readonly orderNumber: string | null;
  /** A decimal amount in the currency. */
  readonly amount: string;
  readonly currency: string;
}

/** What takes the messages of one provider in: the port that an adapter implements. */
export interface PaymentProvider {
  /** Stands in `payments.provider`; it never changes. */
  readonly name: string;
  readonly signedBody: SignedBody;
  /** Returns what a genuine message says, null where it is of no concern; throws `invalid_body` (422) where it cannot be understood. */
  eventOf(message: Readonly<Record<string, unknown>>): ProviderEvent | null;
}
