import type { Ctx } from '../../context/context';
import { actorId, holds } from '../../context/permission';

/** Returns whether the actor may read the balance of a user: customers their own, staff with `balance:read` any. */
export function mayReadBalance({ actor }: Pick<Ctx, 'actor'>, userId: string): boolean {
  return userId === actorId(actor) || holds(actor, 'balance:read');
}
