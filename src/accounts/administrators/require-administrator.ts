import type { Ctx, TxContext } from '../../context/context';
import { lastAdministrator } from '../problems';
import { twoAdministrators } from './administrators.queries';

/** Returns whether the shop has a permanent administrator. */
export async function hasAdministrator(ctx: Ctx): Promise<boolean> {
  return (await twoAdministrators(ctx)).length > 0;
}

/**
 * Throws `last_administrator` (409) where the unit of work leaves no administrator. Call it after the change and under the lock
 * `administrators`, so that of two concurrent demotions one is refused.
 */
export async function requireAdministrator(tx: TxContext): Promise<void> {
  if (tx.actor.kind !== 'system' && !(await hasAdministrator(tx))) throw lastOne();
}

/** Throws `last_administrator` (409) where this user is the only administrator; call it under the same lock, before the account is closed. */
export async function requireOtherAdministrator(tx: TxContext, userId: string): Promise<void> {
  const [first, second] = await twoAdministrators(tx);
  if (tx.actor.kind !== 'system' && first?.id === userId && !second) throw lastOne();
}

function lastOne(): Error {
  return lastAdministrator.because(
    'This user is the last permanent administrator. Assign the role to another user, without an expiry, first.',
  );
}
