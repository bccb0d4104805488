import type { Ctx } from '../../context/context';
import { actorId, holds } from '../../context/permission';
import { type Condition, equals } from '../../database/sql/binder';

/** People see themselves; staff sees everybody. */
export function shownUsers({ actor }: Pick<Ctx, 'actor'>): readonly Condition[] {
  return holds(actor, 'users:read') ? [] : [equals('id', actorId(actor), 'uuid')];
}

/** A profile is seen by whoever sees its user. */
export function shownProfiles({ actor }: Pick<Ctx, 'actor'>): readonly Condition[] {
  return holds(actor, 'users:read') ? [] : [equals('user_id', actorId(actor), 'uuid')];
}
