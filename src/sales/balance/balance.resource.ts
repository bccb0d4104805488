import { field } from '../../resource/definition/field';
import { defineResource } from '../../resource/definition/resource';
import { BalanceEntry } from './balance-entry.model';

/** Balance entries: the ledger of every customer's balance. */
export const balanceEntries = defineResource({
  name: 'balance',
  one: 'entry',
  prefix: '/v1/users',
  tag: 'Balance',
  description: 'What customers can spend, and its ledger; the database writes it with each change.',
  model: () => BalanceEntry,
  fields: {
    id: field.id(),
    userId: field.uuid({ description: 'Whose balance.' }),
    amount: field.signedMoney({ description: 'How much came in; negative, how much went out.' }),
    balanceAfter: field.money({ description: 'What there was then.' }),
    kind: field.oneOf(['credit', 'order', 'refund', 'adjustment'], { description: 'Why.' }),
    orderId: field.uuid({ nullable: true, filter: true, description: 'The order.' }),
    refundId: field.uuid({ nullable: true, filter: true, description: 'The refund.' }),
    note: field.text({ max: 1_000, nullable: true, description: 'A remark.' }),
    actorId: field.uuid({ nullable: true, description: 'Who did it.' }),
    createdAt: field.timestamp({ filter: true, sort: true, description: 'When.' }),
  },
});
