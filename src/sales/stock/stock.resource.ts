import { field } from '../../resource/definition/field';
import { defineResource } from '../../resource/definition/resource';
import { StockMovement } from './stock-movement.model';

/** Stock movements: the ledger of every product's count. */
export const stockMovements = defineResource({
  name: 'stock-movements',
  one: 'stock-movement',
  prefix: '/v1/stock-movements',
  tag: 'Stock',
  description: 'The stock ledger. The database writes an entry with each change of a stock count.',
  model: () => StockMovement,
  fields: {
    id: field.id(),
    productId: field.uuid({ filter: true, description: 'The product.' }),
    delta: field.integer({ min: -2_147_483_648, max: 2_147_483_647, description: 'The quantity that came in; negative when it went out.' }),
    reason: field.oneOf(['order', 'cancel', 'refund', 'restock', 'adjustment', 'hold', 'release'], { description: 'The reason.' }),
    orderId: field.uuid({ nullable: true, filter: true, description: 'The order that caused it.' }),
    refundId: field.uuid({ nullable: true, filter: true, description: 'The refund that caused it.' }),
    quantityAfter: field.integer({ min: 0, max: 2_147_483_647, description: 'The stock count after the movement.' }),
    note: field.text({ max: 1_000, nullable: true, description: 'A note.' }),
    actorId: field.uuid({ nullable: true, description: 'The user who moved it.' }),
    createdAt: field.timestamp({ filter: true, sort: true, description: 'The time of the movement.' }),
  },
  access: { read: 'stock:read' },
  verbs: ['list', 'read'],
});
