import { field } from '../../resource/definition/field';
import { defineResource } from '../../resource/definition/resource';
import { StockMovement } from './stock-movement.model';

/** Stock movements: the ledger of every product's count. */
export const stockMovements = defineResource({
  name: 'stock',
  one: 'stock-movement',
  prefix: '/v1/stock-movements',
  tag: 'Stock',
  description: 'The ledger of every product’s count; the database writes it with each change.',
  model: () => StockMovement,
  fields: {
    id: field.id(),
    productId: field.uuid({ filter: true, description: 'The product.' }),
    delta: field.integer({ min: -2_147_483_648, max: 2_147_483_647, description: 'How many came in; negative, how many went out.' }),
    reason: field.oneOf(['order', 'cancel', 'refund', 'restock', 'adjustment'], { description: 'Why.' }),
    orderId: field.uuid({ nullable: true, filter: true, description: 'The order that moved it.' }),
    refundId: field.uuid({ nullable: true, filter: true, description: 'The refund that moved it.' }),
    quantityAfter: field.integer({ min: 0, max: 2_147_483_647, description: 'How many there were then.' }),
    note: field.text({ max: 1_000, nullable: true, description: 'A remark.' }),
    actorId: field.uuid({ nullable: true, description: 'Who moved it.' }),
    createdAt: field.timestamp({ filter: true, sort: true, description: 'When.' }),
  },
  verbs: ['list', 'read'],
});
