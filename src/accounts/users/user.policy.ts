import type { Ctx } from '../../context/context';
import { actorId, holds } from '../../context/permission';
import { type Condition, equals } from '../../database/sql/binder';

/** Returns the conditions of the users that an actor sees: customers themselves, staff with `users:read` all. */
export function visibleUsers({ actor }: Pick<Ctx, 'actor'>): readonly Condition[] {
  return holds(actor, 'users:read') ? [] : [equals('id', actorId(actor), 'uuid')];
}

/** Returns the conditions of the profiles that an actor sees: those of the users that they see. */
export function visibleProfiles({ actor }: Pick<Ctx, 'actor'>): readonly Condition[] {
  return holds(actor, 'users:read') ? [] : [equals('user_id', actorId(actor), 'uuid')];
}
