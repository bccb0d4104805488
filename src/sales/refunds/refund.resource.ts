import { field, stamps } from '../../resource/definition/field';
import { defineResource } from '../../resource/definition/resource';
import { integer, list, object, uuid } from '../../schema/schema';
import { visibleWithOrder } from '../orders/order.policy';
import { Refund } from './refund.model';

/** The goods that go back to stock with a refund. */
export const restockSchema = list(object({ productId: uuid(), quantity: integer(1, 1_000_000) }), 0, 100);

/** Refunds of orders. */
export const refunds = defineResource({
  name: 'refunds',
  one: 'refund',
  prefix: '/v1/refunds',
  tag: 'Refunds',
  description: 'Refunds of orders. Customers see those of their own orders.',
  model: () => Refund,
  fields: {
    id: field.id(),
    orderId: field.uuid({ filter: true, description: 'The order.' }),
    amount: field.money({ filter: true, description: 'The amount.' }),
    reason: field.text({ max: 1_000, nullable: true, description: 'The reason.' }),
    status: field.oneOf(['pending', 'completed'], { filter: true, description: 'The status.' }),
    restock: field.list(restockSchema, { description: 'The goods that went back to stock.' }),
    ...stamps,
  },
  scope: visibleWithOrder,
  access: { read: 'guest' },
  verbs: ['list', 'read'],
});
