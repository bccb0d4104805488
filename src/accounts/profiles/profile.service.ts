import { type Ctx, isTxContext, type TxContext } from '../../context/context';
import { actorId, requirePermission } from '../../context/permission';
import { takeAdvisoryLock } from '../../database/locks';
import type { Conditions } from '../../http/endpoint';
import type { Reply } from '../../http/output/reply';
import type { Values } from '../../resource/definition/resource';
import { notFoundHere } from '../../resource/read/read-one';
import { ResourceService } from '../../resource/resource.service';
import { requireNoMorePowerful } from '../roles/permissions/require-grants';
import { User } from '../users/user.model';
import { requireVisibleUser } from '../users/user.service';
import { Profile } from './profile.model';
import { profiles } from './profile.resource';

const service = new ResourceService(profiles);

/** Returns the profile of a user, or 304 where `If-None-Match` is current; throws `not_found` (404), also without permission. */
export async function readProfile(ctx: Ctx, userId: string, conditions: Conditions): Promise<Reply> {
  return service.read(ctx, await profileIdOf(ctx, userId), conditions);
}

/**
 * Changes one's own profile, or with `users:write` that of a user who holds no more; throws `not_found` (404), `forbidden` or
 * `beyond_own_permissions` (403), `precondition_failed` (412).
 */
export async function changeProfile(tx: TxContext, userId: string, patch: Values, conditions: Conditions): Promise<Reply> {
  if (userId !== actorId(tx.actor)) {
    await requireVisibleUser(tx, userId);
    requirePermission(tx, 'users:write');
    await takeAdvisoryLock(tx, 'administrators');
    await requireNoMorePowerful(tx, userId);
  }
  return service.patch(tx, await profileIdOf(tx, userId), patch, conditions);
}

/* The inner join hides the profile of a deleted user. */
async function profileIdOf(ctx: Ctx, userId: string): Promise<string> {
  const user = { model: User, as: 'user', required: true, attributes: [] };
  const transaction = isTxContext(ctx) ? ctx.transaction : null;
  const profile = await Profile.findOne({ where: { userId }, attributes: ['id'], include: [user], transaction });
  if (!profile) throw notFoundHere(profiles);
  return profile.id;
}
