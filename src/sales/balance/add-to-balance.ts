import { Decimal } from 'decimal.js';
import { User } from '../../accounts';
import type { TxContext } from '../../context/context';
import type { Problem } from '../../problems/problem';
import { MAX_MONEY } from '../../schema/money';

/** Makes the problem of an amount that does not fit, from a sentence that says the limit and the balance. */
export type RefuseExcess = (limit: string) => Problem;

/**
 * Adds an amount to a balance, even that of a deleted user, who is still owed refunds; throws what `refuse` makes where the balance
 * would exceed its limit. A trigger writes the ledger entry. `silent`, because money that moves is no edit of the user (docs/adr/0006).
 */
export async function addToBalance(tx: TxContext, userId: string, amount: Decimal, refuse: RefuseExcess): Promise<void> {
  const balance = await lockBalance(tx, userId);
  if (new Decimal(balance).plus(amount).greaterThan(MAX_MONEY)) throw refuse(`balance must be at most ${MAX_MONEY}; it is ${balance} now`);
  // Sequelize types `by` as a number; PostgreSQL adds the decimal text exactly.
  const by = amount.toFixed() as unknown as number;
  await User.increment(['balance'], { by, where: { id: userId }, silent: true, transaction: tx.transaction });
}

async function lockBalance({ transaction }: TxContext, userId: string): Promise<string> {
  const lock = transaction.LOCK.NO_KEY_UPDATE;
  const { balance } = await User.findByPk(userId, { attributes: ['balance'], paranoid: false, lock, rejectOnEmpty: true, transaction });
  return balance;
}
