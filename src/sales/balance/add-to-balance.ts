import type { Decimal } from 'decimal.js';
import { User } from '../../accounts';
import type { TxContext } from '../../context/context';

/**
 * Adds an amount to a balance, even that of a deleted user, who is still owed refunds. A trigger writes the ledger entry. `silent`,
 * because money that moves is no edit of the user (docs/adr/0006).
 */
export async function addToBalance({ transaction }: TxContext, userId: string, amount: Decimal): Promise<void> {
  // Sequelize types `by` as a number; PostgreSQL adds the decimal text exactly.
  const by = amount.toFixed(2) as unknown as number;
  await User.increment(['balance'], { by, where: { id: userId }, silent: true, transaction });
}
