import type { Ctx, TxContext } from '../../context/context';
import { actorId, requirePermission } from '../../context/permission';
import { queryOne } from '../../database/sql/statement';
import type { Conditions } from '../../http/endpoint';
import type { Reply } from '../../http/output/reply';
import type { Values } from '../../resource/definition/resource';
import { notFoundHere, replyToRead } from '../../resource/read/read-one';
import { ResourceService } from '../../resource/resource.service';
import { profiles } from './user.resource';

/** Manages profiles, below their users. */
const profileService = new ResourceService(profiles);

/** Answers the profile of a user; throws `not_found` (404), also where it is not for this actor. Honours `If-None-Match`. */
export async function readProfile(ctx: Ctx, userId: string, conditions: Conditions): Promise<Reply> {
  return replyToRead(ctx, profiles, await profileIdOf(ctx, userId), conditions);
}

/** Changes one's own profile, or with `users:write` anybody's. */
export async function changeProfile(tx: TxContext, userId: string, patch: Values, conditions: Conditions): Promise<Reply> {
  if (userId !== actorId(tx.actor)) requirePermission(tx, 'users:write');
  return profileService.patch(tx, await profileIdOf(tx, userId), patch, conditions);
}

async function profileIdOf(ctx: Ctx, userId: string): Promise<string> {
  const text = 'SELECT p.id FROM profiles p JOIN users u ON u.id = p.user_id WHERE u.id = $1::uuid AND u.deleted_at IS NULL';
  const row = await queryOne<{ id: string }>(ctx, { text, values: [userId] });
  if (!row) throw notFoundHere(profiles);
  return row.id;
}
