import { field, stamps } from '../../resource/definition/field';
import { defineResource } from '../../resource/definition/resource';
import { integer, list, object, uuid } from '../../schema/schema';
import { shownWithOrder } from '../orders/order.policy';
import { Refund } from './refund.model';

/** What comes back to stock with a refund. */
export const restockSchema = list(object({ productId: uuid(), quantity: integer(1, 1_000_000) }), 0, 100);

/** Refunds: money given back for orders. */
export const refunds = defineResource({
  name: 'refunds',
  one: 'refund',
  prefix: '/v1/refunds',
  tag: 'Refunds',
  description: 'Money given back for orders. Customers see those of their own.',
  model: () => Refund,
  fields: {
    id: field.id(),
    orderId: field.uuid({ filter: true, description: 'The order.' }),
    amount: field.money({ filter: true, description: 'How much.' }),
    reason: field.text({ max: 1_000, nullable: true, description: 'Why.' }),
    status: field.oneOf(['pending', 'completed'], { filter: true, description: 'How far it is.' }),
    restock: field.list(restockSchema, { description: 'What came back to stock with it.' }),
    ...stamps,
  },
  scope: shownWithOrder,
  access: { read: 'signed-in' },
  verbs: ['list', 'read'],
});
