import { Decimal } from 'decimal.js';
import { User } from '../../accounts';
import type { TxContext } from '../../context/context';
import { setSessionVariables } from '../../database/transaction/set-session-variables';
import { invalidBody, notFound } from '../../problems/common-problems';
import { type Found, readObject } from '../../resource/read/read-one';
import { requireAmountOf } from '../../resource/write/checks/require-amounts';
import { addToBalance } from './add-to-balance';
import { requireOthersBalance } from './balance.policy';
import { balanceEntries } from './balance.resource';
import { BalanceEntry } from './balance-entry.model';

/** The body of a credit. */
export interface Credit {
  readonly amount: string;
  readonly note?: string;
}

/** Credits another user's balance and returns the ledger entry; throws `second_person_required` (403), `not_found` (404), `invalid_body` (422). */
export async function creditBalance(tx: TxContext, userId: string, { amount, note }: Credit): Promise<Found> {
  requireOthersBalance(tx, userId);
  const { currency } = await lockUser(tx, userId);
  requireAmountOf(currency, 'amount', amount);
  await setSessionVariables(tx, { 'app.balance_kind': 'credit', 'app.ledger_note': note ?? '' });
  await addToBalance(tx, userId, new Decimal(amount), beyondLimit);
  const entry = await latestEntry(tx, userId);
  return readObject(tx, balanceEntries, entry.id);
}

async function lockUser({ transaction }: TxContext, id: string): Promise<User> {
  const user = await User.findByPk(id, { attributes: ['id', 'currency'], lock: transaction.LOCK.NO_KEY_UPDATE, transaction });
  if (!user) throw notFound.because('User not found.');
  return user;
}

function beyondLimit(limit: string) {
  return invalidBody.because(limit, { errors: [{ pointer: '/amount', code: 'too_large', message: limit }] });
}

/* The trigger wrote it, under the lock of the user. */
function latestEntry({ transaction }: TxContext, userId: string): Promise<BalanceEntry> {
  const order: [string, 'DESC'][] = [
    ['createdAt', 'DESC'],
    ['id', 'DESC'],
  ];
  return BalanceEntry.findOne({ where: { userId }, order, rejectOnEmpty: true, transaction });
}
