import { field } from '../../resource/definition/field';
import { defineResource } from '../../resource/definition/resource';
import { BalanceEntry } from './balance-entry.model';

/** Balance entries: the ledger of every customer's balance. */
export const balanceEntries = defineResource({
  name: 'balance',
  one: 'entry',
  prefix: '/v1/users',
  tag: 'Balance',
  about: 'What customers can spend, and its ledger; the database writes it with each change.',
  model: () => BalanceEntry,
  fields: {
    id: field.id(),
    userId: field.uuid({ about: 'Whose balance.' }),
    amount: field.signedMoney({ about: 'How much came in; negative, how much went out.' }),
    balanceAfter: field.money({ about: 'What there was then.' }),
    kind: field.oneOf(['credit', 'order', 'refund', 'adjustment'], { about: 'Why.' }),
    orderId: field.uuid({ nullable: true, filter: true, about: 'The order.' }),
    refundId: field.uuid({ nullable: true, filter: true, about: 'The refund.' }),
    note: field.text({ max: 1_000, nullable: true, about: 'A remark.' }),
    actorId: field.uuid({ nullable: true, about: 'Who did it.' }),
    createdAt: field.timestamp({ filter: true, sort: true, about: 'When.' }),
  },
});
