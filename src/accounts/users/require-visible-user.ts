import type { Ctx } from '../../context/context';
import { readObject } from '../../resource/read/read-one';
import { users } from './user.resource';

/** Throws `not_found` (404) unless the actor may see the user. */
export async function requireVisibleUser(ctx: Ctx, userId: string): Promise<void> {
  await readObject(ctx, users, userId, { fields: ['id'], include: [] });
}
