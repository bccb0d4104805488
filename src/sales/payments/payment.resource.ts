import type { Ctx } from '../../context/context';
import { becomes } from '../../events/definition/event-rule';
import { defineResource } from '../../resource/definition/resource';
import { visibleWithOrder } from '../orders/order.policy';
import { Payment } from './payment.model';
import { paymentEventFields, paymentFields } from './payment.schemas';
import { PaymentEvent } from './payment-event.model';

const paymentEvents = defineResource({
  name: 'payment-events',
  one: 'payment-event',
  prefix: '/v1/payments',
  tag: 'Payments',
  description: 'Messages of a provider.',
  model: () => PaymentEvent,
  fields: paymentEventFields,
  defaultSort: 'id',
});

/** Payments, as a provider's webhook told of them. */
export const payments = defineResource({
  name: 'payments',
  one: 'payment',
  prefix: '/v1/payments',
  tag: 'Payments',
  description: 'Payments of orders, as a provider told of them. Customers see those of their own orders.',
  model: () => Payment,
  fields: paymentFields,
  includes: { events: { resource: () => paymentEvents, many: true } },
  scope: visiblePayments,
  access: { read: 'guest' },
  verbs: ['list', 'read'],
  events: {
    received: becomes('status', 'received', 'A payment paid its order.'),
    held: becomes('status', 'held', 'A payment waits for a person, because it is not what its order costs.'),
    refund_due: becomes('status', 'refund_due', 'A payment has to go back to the buyer: no order takes it.'),
    refunded: becomes('status', 'refunded', 'A payment went back to the buyer wholly.'),
    failed: becomes('status', 'failed', 'A payment failed; its order can still be paid.'),
  },
});

function visiblePayments(ctx: Pick<Ctx, 'actor'>) {
  return visibleWithOrder(ctx, 'payments:read');
}
