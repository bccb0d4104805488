import type { Decimal } from 'decimal.js';
import { runForOne } from '../../database/statement';
import type { TxContext } from '../../http/context';
import { notFound } from '../../http/problems/kinds';
import { insufficientBalance } from '../problems';

/** Takes an amount from a balance in one conditional statement; throws `insufficient_balance` (409). The ledger entry is the trigger's. */
export async function debit(tx: TxContext, userId: string, amount: Decimal): Promise<void> {
  if (amount.isZero()) return;
  const row = await runForOne(tx, {
    text: 'UPDATE users SET balance = balance - $2::numeric WHERE id = $1::uuid AND deleted_at IS NULL AND balance >= $2::numeric RETURNING id',
    values: [userId, amount.toFixed(2)],
  });
  if (!row) throw insufficientBalance.because(`The balance does not cover ${amount.toFixed(2)}; nothing was ordered.`);
}

/** Adds an amount to a balance; throws `not_found` (404). The ledger entry is the trigger's. */
export async function credit(tx: TxContext, userId: string, amount: Decimal): Promise<void> {
  const row = await runForOne(tx, {
    text: 'UPDATE users SET balance = balance + $2::numeric WHERE id = $1::uuid AND deleted_at IS NULL RETURNING id',
    values: [userId, amount.toFixed(2)],
  });
  if (!row) throw notFound.because('There is no such user.');
}
