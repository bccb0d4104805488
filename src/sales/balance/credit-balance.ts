import type { Decimal } from 'decimal.js';
import { User } from '../../accounts';
import type { TxContext } from '../../context/context';
import { notFound } from '../../problems/common-problems';

/** Locks the row of a user who is not deleted; throws `not_found` (404). */
export async function lockUser(tx: TxContext, userId: string): Promise<User> {
  const { transaction } = tx;
  const user = await User.findByPk(userId, { lock: transaction.LOCK.NO_KEY_UPDATE, transaction });
  if (!user) throw notFound.because('User not found.');
  return user;
}

/**
 * Adds an amount to a balance, also of a deleted user: a refund is theirs. A trigger writes the ledger entry. `silent`, because money
 * that moves is no edit of the user (docs/adr/0006).
 */
export async function addToBalance(tx: TxContext, userId: string, amount: Decimal): Promise<void> {
  // `by` is typed as a number; PostgreSQL adds the decimal text exactly.
  const by = { balance: amount.toFixed(2) } as unknown as { balance: number };
  await User.increment(by as never, { where: { id: userId }, silent: true, transaction: tx.transaction });
}
