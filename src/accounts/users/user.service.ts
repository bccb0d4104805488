import type { Ctx, TxContext } from '../../context/context';
import { replyOnce } from '../../http/idempotency/reply-once';
import { etagHeader } from '../../http/output/conditional';
import { created, type Reply } from '../../http/output/reply';
import { readObject } from '../../resource/read/read-one';
import { ResourceService } from '../../resource/resource.service';
import { hashPassword } from '../passwords/password-hash';
import { createUser } from './creation/create-user';
import { userHooks } from './user.hooks';
import { User, withEmail } from './user.model';
import { users } from './user.resource';
import type { NewUser } from './user.schemas';

export { changePassword } from '../passwords/change-password';

/** Manages users. */
export const userService = new ResourceService(users, userHooks);

/** Registers a customer with a profile and replies with the user; throws `value_taken` (409). */
export async function registerCustomer(ctx: Ctx, { password, ...values }: NewUser): Promise<Reply> {
  const passwordHash = await hashPassword(ctx, password);
  return replyOnce(ctx, async (tx) => {
    const { id } = await createUser(tx, values, passwordHash, 'customer');
    // Nobody is signed in yet, so the new user is read as the system.
    const { text, tag } = await readObject({ ...tx, actor: { kind: 'system', name: 'register' } }, users, id);
    return created(`${users.prefix}/${id}`, text, etagHeader(tag));
  });
}

/** Throws `not_found` (404) unless the actor may see the user. */
export async function requireVisibleUser(ctx: Ctx, userId: string): Promise<void> {
  await readObject(ctx, users, userId, { fields: ['id'], include: [] });
}

/** Locks and returns the user with an email, case-insensitively; returns null where there is none. */
export function lockUserByEmail({ transaction }: TxContext, email: string): Promise<User | null> {
  return User.findOne({ where: withEmail(email), lock: transaction.LOCK.NO_KEY_UPDATE, transaction });
}
