import { User } from '../../accounts';
import type { Ctx } from '../../context/context';
import type { Reply } from '../../http/output/reply';
import { notFound } from '../../problems/common-problems';
import { belongingTo } from '../../resource/list/list-objects';
import type { ListQuery } from '../../resource/query/list-query';
import { ResourceService } from '../../resource/resource.service';
import { mayReadBalance } from './balance.policy';
import { balanceEntries } from './balance.resource';

export { creditBalance } from './credit-balance';

/** What a user can spend. */
export interface Balance {
  readonly balance: string;
  readonly currency: string;
}

const ledger = new ResourceService(balanceEntries);

/** Returns the balance of a user: customers read their own, staff with `balance:read` any; throws `not_found` (404). */
export async function readBalance(ctx: Ctx, userId: string): Promise<Balance> {
  const user = mayReadBalance(ctx, userId) ? await User.findByPk(userId, { attributes: ['balance', 'currency'] }) : null;
  if (!user) throw notFound.because('User not found.');
  return { balance: user.balance, currency: user.currency };
}

/** Returns a page of a user's ledger, to those who may read the balance; throws `not_found` (404). */
export async function listBalanceEntries(ctx: Ctx, userId: string, query: ListQuery): Promise<Reply> {
  await readBalance(ctx, userId);
  return ledger.list(ctx, query, `${balanceEntries.prefix}/${userId}/balance/entries`, [belongingTo('user_id', userId)]);
}
