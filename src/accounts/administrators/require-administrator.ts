import type { Ctx, TxContext } from '../../context/context';
import { lastAdministrator } from '../problems';
import { twoAdministrators } from './administrators.queries';

/** Returns whether the shop has a permanent administrator. */
export async function hasAdministrator(ctx: Ctx): Promise<boolean> {
  return (await twoAdministrators(ctx)).length > 0;
}

/**
 * Throws `last_administrator` (409) where the unit of work would leave no administrator. Call it after the change, under the
 * administrators' lock, so that two demotions at once cannot both pass.
 */
export async function requireAdministrator(tx: TxContext): Promise<void> {
  if (tx.actor.kind !== 'system' && !(await hasAdministrator(tx))) throw noneLeft();
}

/** Throws `last_administrator` (409) where this user is the only administrator; under the same lock, before the account is closed. */
export async function requireOtherAdministrator(tx: TxContext, userId: string): Promise<void> {
  const [first, second] = await twoAdministrators(tx);
  if (tx.actor.kind !== 'system' && first?.id === userId && !second) throw noneLeft();
}

function noneLeft(): Error {
  return lastAdministrator.because('Make another permanent administrator first: nobody could undo this.');
}
