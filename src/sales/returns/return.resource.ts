import { becomes } from '../../events/definition/event-rule';
import { defineResource } from '../../resource/definition/resource';
import { visibleWithOrder } from '../orders/order.policy';
import { Return } from './return.model';
import { returnFields, returnItemFields } from './return.schemas';
import { ReturnItem } from './return-item.model';

const items = defineResource({
  name: 'return-items',
  one: 'return-item',
  prefix: '/v1/returns',
  tag: 'Returns',
  description: 'What a return has.',
  model: () => ReturnItem,
  fields: returnItemFields,
  defaultSort: 'id',
});

/** Returns and withdrawals of orders. */
export const returns = defineResource({
  name: 'returns',
  one: 'return',
  prefix: '/v1/returns',
  tag: 'Returns',
  description: 'Returns and withdrawals of orders. Customers see those of their own orders.',
  model: () => Return,
  fields: returnFields,
  includes: { items: { resource: () => items, many: true } },
  scope: visibleWithOrder,
  access: { read: 'guest' },
  verbs: ['list', 'read'],
  events: {
    accepted: becomes('status', 'accepted', 'A return was accepted, or a withdrawal confirmed.'),
    received: becomes('status', 'received', 'The goods of a return came in.'),
    closed: becomes('status', 'closed', 'A return was closed.'),
    rejected: becomes('status', 'rejected', 'A return was rejected.'),
  },
});
