import { Decimal } from 'decimal.js';
import { User } from '../../accounts';
import type { Ctx, TxContext } from '../../context/context';
import { actorId, holds } from '../../context/permission';
import { setSessionVariables } from '../../database/transaction/set-session-variables';
import type { Reply } from '../../http/output/reply';
import { notFound } from '../../problems/common-problems';
import { belongingTo } from '../../resource/list/list-objects';
import type { ListQuery } from '../../resource/query/list-query';
import { type Found, readObject } from '../../resource/read/read-one';
import { ResourceService } from '../../resource/resource.service';
import { balanceEntries } from './balance.resource';
import { BalanceEntry } from './balance-entry.model';
import { addToBalance, lockUser } from './credit-balance';

export interface Credit {
  readonly amount: string;
  readonly note?: string;
}

const ledger = new ResourceService(balanceEntries);

/** Returns what a user can spend; customers see their own, staff with `balance:read` any. Throws `not_found` (404). */
export async function readBalance(ctx: Ctx, userId: string): Promise<{ balance: string; currency: string }> {
  const mayRead = userId === actorId(ctx.actor) || holds(ctx.actor, 'balance:read');
  const user = mayRead ? await User.findByPk(userId, { attributes: ['balance', 'currency'] }) : null;
  if (!user) throw notFound.because('User not found.');
  return { balance: user.balance, currency: user.currency };
}

/** Returns a page of a user's ledger; throws `not_found` (404). */
export async function listBalanceEntries(ctx: Ctx, userId: string, query: ListQuery): Promise<Reply> {
  await readBalance(ctx, userId);
  return ledger.list(ctx, query, `${balanceEntries.prefix}/${userId}/balance/entries`, [belongingTo('user_id', userId)]);
}

/** Credits a customer and returns the ledger entry; throws `not_found` (404). */
export async function creditCustomer(tx: TxContext, userId: string, { amount, note }: Credit): Promise<Found> {
  await lockUser(tx, userId);
  await setSessionVariables(tx, { 'app.balance_kind': 'credit', 'app.ledger_note': note ?? '' });
  await addToBalance(tx, userId, new Decimal(amount));
  const entry = await latestEntry(tx, userId);
  return readObject(tx, balanceEntries, entry.id);
}

/* The trigger wrote it, under the lock of the user. */
async function latestEntry({ transaction }: TxContext, userId: string): Promise<BalanceEntry> {
  const order: [string, 'DESC'][] = [
    ['createdAt', 'DESC'],
    ['id', 'DESC'],
  ];
  return BalanceEntry.findOne({ where: { userId }, order, rejectOnEmpty: true, transaction });
}
