import type { Ctx, TxContext } from '../../context/context';
import type { LockedWrite } from '../../resource/write/pending-write';
import { lastAdministrator } from '../problems';
import { existsAdministrator, onlyAdministrators } from './administrators.queries';

/** Returns whether the shop has a permanent administrator. */
export function hasAdministrator(ctx: Ctx): Promise<boolean> {
  return existsAdministrator(ctx);
}

/**
 * Throws `last_administrator` (409) where the unit of work leaves no administrator. Call it after the change and under the lock
 * `administrators`, so that of two concurrent demotions one is refused.
 */
export async function requireAdministrator(tx: TxContext): Promise<void> {
  if (tx.actor.kind !== 'system' && !(await hasAdministrator(tx))) throw lastOne();
}

/**
 * Refuses, with `last_administrator` (409), to close the accounts of all administrators that there are; call it under the same lock, before
 * the accounts are closed.
 */
export async function refuseLastAdministrators(tx: TxContext, closing: readonly LockedWrite[]): Promise<void> {
  if (tx.actor.kind === 'system' || closing.length === 0) return;
  const last = await onlyAdministrators(
    tx,
    closing.map(({ id }) => id),
  );
  for (const write of closing) if (last.has(write.id)) write.refuse(lastOne());
}

function lastOne() {
  return lastAdministrator.because(
    'This user is the last permanent administrator. Assign the role to another user, without an expiry, first.',
  );
}
