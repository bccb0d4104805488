import type { Ctx } from '../../context/context';
import { actorId, holds } from '../../context/permission';
import { type Condition, equals } from '../../database/sql/binder';

/** Returns the conditions on the users that an actor may see: all with `users:read`, otherwise oneself. */
export function visibleUsers({ actor }: Pick<Ctx, 'actor'>): readonly Condition[] {
  return holds(actor, 'users:read') ? [] : [equals('id', actorId(actor), 'uuid')];
}

/** Returns the conditions on the profiles that an actor may see: all with `users:read`, otherwise one's own. */
export function visibleProfiles({ actor }: Pick<Ctx, 'actor'>): readonly Condition[] {
  return holds(actor, 'users:read') ? [] : [equals('user_id', actorId(actor), 'uuid')];
}
