import { type Ctx, isTxContext, type TxContext } from '../../context/context';
import { actorId, requirePermission } from '../../context/permission';
import type { Conditions } from '../../http/endpoint';
import type { Reply } from '../../http/output/reply';
import type { Values } from '../../resource/definition/resource';
import { notFoundHere } from '../../resource/read/read-one';
import { ResourceService } from '../../resource/resource.service';
import { requireVisibleUser } from '../users/require-visible-user';
import { User } from '../users/user.model';
import { Profile } from './profile.model';
import { profiles } from './profile.resource';

const service = new ResourceService(profiles);

/** Returns the profile of a user; throws `not_found` (404), also where the actor may not see it. Honours `If-None-Match`. */
export async function readProfile(ctx: Ctx, userId: string, conditions: Conditions): Promise<Reply> {
  return service.read(ctx, await profileIdOf(ctx, userId), conditions);
}

/** Changes a profile: one's own, or with `users:write` anybody's. Throws `not_found` (404), `forbidden` (403). */
export async function changeProfile(tx: TxContext, userId: string, patch: Values, conditions: Conditions): Promise<Reply> {
  if (userId !== actorId(tx.actor)) {
    await requireVisibleUser(tx, userId);
    requirePermission(tx, 'users:write');
  }
  return service.patch(tx, await profileIdOf(tx, userId), patch, conditions);
}

/* The profile of a deleted user is nobody's to see. */
async function profileIdOf(ctx: Ctx, userId: string): Promise<string> {
  const user = { model: User, as: 'user', required: true, attributes: [] };
  const transaction = isTxContext(ctx) ? ctx.transaction : null;
  const profile = await Profile.findOne({ where: { userId }, attributes: ['id'], include: [user], transaction });
  if (!profile) throw notFoundHere(profiles);
  return profile.id;
}
