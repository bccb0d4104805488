import type { Ctx, TxContext } from '../../context/context';
import { actorId } from '../../context/permission';
import type { Conditions } from '../../http/endpoint';
import type { Reply } from '../../http/output/reply';
import type { Values } from '../../resource/definition/resource';
import { readObject } from '../../resource/read/read-one';
import { changeProfile } from '../profiles/profile.service';
import { users } from '../users/user.resource';
import { changePassword, userService } from '../users/user.service';

/** Returns the signed-in user with profile, roles and permissions. */
export async function readMe(ctx: Ctx): Promise<object> {
  const { text } = await readObject(ctx, users, myId(ctx), { fields: null, include: ['profile', 'roles'] });
  const permissions = ctx.actor.kind === 'user' ? [...ctx.actor.permissions] : [];
  return { ...(JSON.parse(text.text) as object), permissions };
}

/** Changes one's own names; throws `value_taken` (409), `precondition_failed` (412). */
export function changeMyNames(tx: TxContext, patch: Values, conditions: Conditions): Promise<Reply> {
  return userService.patch(tx, myId(tx), patch, conditions);
}

/** Changes one's own profile; throws `precondition_failed` (412). */
export function changeMyProfile(tx: TxContext, patch: Values, conditions: Conditions): Promise<Reply> {
  return changeProfile(tx, myId(tx), patch, conditions);
}

/** Changes one's own password and ends every session; throws `wrong_password` (409). */
export function changeMyPassword(ctx: Ctx, current: string, next: string): Promise<Reply> {
  return changePassword(ctx, myId(ctx), current, next);
}

function myId({ actor }: Pick<Ctx, 'actor'>): string {
  const id = actorId(actor);
  if (id === null) throw new Error('An endpoint for signed-in users ran without a user.');
  return id;
}
