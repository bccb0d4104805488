import { field } from '../../resource/definition/field';
import { defineResource } from '../../resource/definition/resource';
import { BalanceEntry } from './balance-entry.model';

/** Balance entries: the ledger of the customers' balances. */
export const balanceEntries = defineResource({
  name: 'balance-entries',
  one: 'balance-entry',
  prefix: '/v1/users',
  tag: 'Balance',
  description: 'Customer balances and their ledger. The database writes an entry with each change.',
  model: () => BalanceEntry,
  fields: {
    id: field.id(),
    userId: field.uuid({ description: 'The customer.' }),
    amount: field.signedMoney({ description: 'The amount added; negative when spent.' }),
    balanceAfter: field.money({ description: 'The balance after the entry.' }),
    kind: field.oneOf(['credit', 'order', 'refund', 'adjustment'], { description: 'The kind of entry.' }),
    orderId: field.uuid({ nullable: true, filter: true, description: 'The order that caused it.' }),
    refundId: field.uuid({ nullable: true, filter: true, description: 'The refund that caused it.' }),
    note: field.text({ max: 1_000, nullable: true, description: 'A note.' }),
    actorId: field.uuid({ nullable: true, description: 'The user who made the change.' }),
    createdAt: field.timestamp({ filter: true, sort: true, description: 'The time of the entry.' }),
  },
});
