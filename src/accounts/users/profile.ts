import { runForOne } from '../../database/sql/statement';
import type { Ctx, TxContext } from '../../context/context';
import type { Conditions } from '../../http/endpoint';
import type { Reply } from '../../http/output/reply';
import { actorId, demand } from '../../context/permission';
import { answerRead, notFoundHere } from '../../resource/read/read-one';
import type { Values } from '../../resource/definition/resource';
import { patchObject } from '../../resource/write/resource.service';
import { profiles } from './user.resource';

/** Answers the profile of a user; throws `not_found` (404), also where it is not for this actor. Honours `If-None-Match`. */
export async function readProfile(ctx: Ctx, userId: string, conditions: Conditions): Promise<Reply> {
  return answerRead(ctx, profiles, await profileIdOf(ctx, userId), conditions);
}

/** Changes one's own profile, or with `users:write` anybody's. */
export async function changeProfile(tx: TxContext, userId: string, patch: Values, conditions: Conditions): Promise<Reply> {
  if (userId !== actorId(tx.actor)) demand(tx, 'users:write');
  return patchObject(tx, profiles, await profileIdOf(tx, userId), patch, conditions);
}

async function profileIdOf(ctx: Ctx, userId: string): Promise<string> {
  const text = 'SELECT p.id FROM profiles p JOIN users u ON u.id = p.user_id WHERE u.id = $1::uuid AND u.deleted_at IS NULL';
  const row = await runForOne<{ id: string }>(ctx, { text, values: [userId] });
  if (!row) throw notFoundHere(profiles);
  return row.id;
}
