import type { Ctx } from '../../context/context';
import { actorId, holds } from '../../context/permission';
import { secondPersonRequired } from '../problems';

/** Throws `second_person_required` (403) where the balance is the actor's own: nobody credits themself. */
export function requireOthersBalance({ actor }: Pick<Ctx, 'actor'>, userId: string): void {
  if (userId === actorId(actor)) throw secondPersonRequired.because('This balance is your own. Ask a colleague who may credit balances.');
}

/** Returns whether the actor may read the balance of a user: customers their own, staff with `balance:read` any. */
export function mayReadBalance({ actor }: Pick<Ctx, 'actor'>, userId: string): boolean {
  return userId === actorId(actor) || holds(actor, 'balance:read');
}
