import { field, MAX_INTEGER, stamps } from '../../resource/definition/field';
import { defineResource } from '../../resource/definition/resource';
import { integer, list, object, uuid } from '../../schema/schema';
import { visibleWithOrder } from '../orders/order.policy';
import { RefundItem } from './pieces/refund-item.model';
import { Refund } from './refund.model';

/** The goods that go back to stock with a refund. */
export const restockSchema = list(object({ productId: uuid(), quantity: integer(1, 1_000_000) }), 0, 100);

/** The fields of the pieces of a refund. */
export const refundItemFields = {
  id: field.id(),
  orderItemId: field.uuid({ description: 'The line of the order.' }),
  quantity: field.integer({ min: 1, max: MAX_INTEGER, description: 'How many pieces of it.' }),
  amount: field.money({ description: 'What they cost.' }),
} as const;

const items = defineResource({
  name: 'refund-items',
  one: 'refund-item',
  prefix: '/v1/refunds',
  tag: 'Refunds',
  description: 'What a refund pays back.',
  model: () => RefundItem,
  fields: refundItemFields,
  defaultSort: 'id',
});

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
    reference: field.text({
      max: 200,
      nullable: true,
      description: 'The number of an imported credit note, with the SKU and the price; null for a refund that was made here.',
    }),
    returnId: field.uuid({ nullable: true, filter: true, description: 'The return that it is for.' }),
    includesShipping: field.flag({ description: 'Whether the shipping is part of the amount.' }),
    ...stamps,
  },
  includes: { items: { resource: () => items, many: true } },
  scope: visibleWithOrder,
  access: { read: 'guest' },
  verbs: ['list', 'read'],
});
