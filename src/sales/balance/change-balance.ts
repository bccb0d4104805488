import type { Decimal } from 'decimal.js';
import type { TxContext } from '../../context/context';
import { queryOne } from '../../database/sql/statement';
import { notFound } from '../../problems/common-problems';

/** Holds the row of a user who is not deleted; throws `not_found` (404). */
export async function holdUser(tx: TxContext, userId: string): Promise<void> {
  const text = 'SELECT 1 AS found FROM users WHERE id = $1::uuid AND deleted_at IS NULL FOR NO KEY UPDATE';
  if (!(await queryOne(tx, { text, values: [userId] }))) throw notFound.because('There is no such user.');
}

/**
 * Adds an amount to a balance, be its owner deleted: what is refunded to them is theirs. Throws `not_found` (404). The ledger entry is
 * the trigger's.
 */
export async function credit(tx: TxContext, userId: string, amount: Decimal): Promise<void> {
  const row = await queryOne(tx, {
    text: 'UPDATE users SET balance = balance + $2::numeric WHERE id = $1::uuid RETURNING id',
    values: [userId, amount.toFixed(2)],
  });
  if (!row) throw notFound.because('There is no such user.');
}
