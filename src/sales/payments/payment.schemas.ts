import { field, stamps } from '../../resource/definition/field';
import { flag, named, nullable, object, oneOf, optional, text, uuid } from '../../schema/schema';
import { PAYMENT_EVENT_TYPES, PAYMENT_REASONS, PAYMENT_STATUSES } from './payment.states';

/** The fields of a payment. */
export const paymentFields = {
  id: field.id(),
  orderId: field.uuid({ nullable: true, filter: true, description: 'The order; null where the payment names none that there is.' }),
  provider: field.text({ max: 64, description: 'The provider that told of it.', example: 'standard-webhooks' }),
  providerReference: field.text({
    max: 255,
    filter: 'exact',
    description: 'The provider’s reference of the payment.',
    example: 'pay_3Nq8Zt',
  }),
  amount: field.money({ filter: true, description: 'The amount.' }),
  currency: field.currency(),
  status: field.oneOf(PAYMENT_STATUSES, {
    filter: true,
    description: 'received paid the order; refund_due goes back to the buyer; held waits for a person; failed brought no money.',
  }),
  reason: field.oneOf(PAYMENT_REASONS, { nullable: true, description: 'Why it did not pay the order by itself.' }),
  refundedAmount: field.money({ description: 'What of it has gone back to the buyer.' }),
  receivedAt: field.timestamp({ nullable: true, filter: true, description: 'When the money was known to have arrived; null until then.' }),
  resolvedAt: field.timestamp({ nullable: true, description: 'When a person resolved it.' }),
  note: field.text({ max: 1_000, nullable: true, description: 'What that person noted; the buyer sees it, too.' }),
  ...stamps,
} as const;

/** The fields of a message of a provider. */
export const paymentEventFields = {
  id: field.id(),
  eventId: field.text({ max: 255, description: 'The id of the message (webhook-id).', example: 'msg_2KWPBgLlAfxdpx2AI54pPJ85f4W' }),
  type: field.oneOf(PAYMENT_EVENT_TYPES, { description: 'What it says of the payment.' }),
  amount: field.money({ description: 'The amount that it names.' }),
  currency: field.currency(),
  createdAt: field.timestamp({ description: 'When it came.' }),
} as const;

/** The body that resolves a payment. */
export const resolutionSchema = named(
  'PaymentResolution',
  object({
    outcome: oneOf('accepted', 'refunded').description(
      'accepted: it pays its order, whatever the amounts; refunded: the money went back to the buyer, outside the shop.',
    ),
    orderId: optional(uuid().description('The order that it pays, where the payment names none.')),
    note: optional(text(1, 1_000).description('Why; the buyer sees it, too.')),
  }),
);

/** The answer to a message of a provider. */
export const receiptSchema = () =>
  named(
    'PaymentReceipt',
    object({
      paymentId: nullable(uuid()).description('The payment; null for a message of no concern.'),
      status: nullable(oneOf(...PAYMENT_STATUSES)).description('Its status.'),
      isRepeat: flag().description('Whether the message had its effect before.'),
    }),
  );
