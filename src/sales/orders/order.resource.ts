import { users } from '../../accounts';
import { becomes, isCreated } from '../../events/definition/event-rule';
import { defineResource } from '../../resource/definition/resource';
import { payments } from '../payments/payment.resource';
import { refunds } from '../refunds/refund.resource';
import { returns } from '../returns/return.resource';
import { shipments } from '../shipments/shipment.resource';
import { Order } from './order.model';
import { visibleOrders } from './order.policy';
import { itemFields, orderFields } from './order.schemas';
import { OrderItem } from './order-item.model';

const items = defineResource({
  name: 'order-items',
  one: 'order-item',
  prefix: '/v1/orders',
  tag: 'Orders',
  description: 'Order lines.',
  model: () => OrderItem,
  fields: itemFields,
  defaultSort: 'id',
});

/** Orders, at the prices of their time. */
export const orders = defineResource({
  name: 'orders',
  one: 'order',
  prefix: '/v1/orders',
  tag: 'Orders',
  description:
    'Orders, at the prices of their time. Customers see their own, guests the one of their cart, with its token as X-Guest-Token.',
  model: () => Order,
  fields: orderFields,
  includes: {
    items: { resource: () => items, many: true },
    refunds: { resource: () => refunds, many: true, seenWithParent: true },
    returns: { resource: () => returns, many: true, seenWithParent: true },
    shipments: { resource: () => shipments, many: true, seenWithParent: true },
    payments: { resource: () => payments, many: true, seenWithParent: true },
    user: { resource: () => users, withDeleted: true },
  },
  defaultSort: '-placedAt',
  scope: visibleOrders,
  access: { read: 'guest' },
  verbs: ['list', 'read'],
  events: {
    placed: isCreated('An order was placed.'),
    paid: becomes('status', 'paid', 'An order was paid, at its placing or later.'),
    shipped: becomes('status', 'shipped', 'An order was shipped wholly; each shipment is shipments.created.'),
    completed: becomes('status', 'completed', 'An order was completed.'),
    cancelled: becomes('status', 'cancelled', 'An order was cancelled.'),
    refunded: becomes('status', 'refunded', 'An order was refunded wholly; each refund is refunds.created.'),
  },
});
