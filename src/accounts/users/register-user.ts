import type { Ctx, TxContext } from '../../context/context';
import { unitOfWork } from '../../database/transaction/unit-of-work';
import { type Found, readObject } from '../../resource/read/read-one';
import type { Parsed } from '../../schema/schema';
import { Profile } from '../profiles/profile.model';
import type { RoleName } from '../roles/built-in-roles';
import { Role } from '../roles/role.model';
import { hashPassword } from '../sessions/password';
import { UserRole } from '../user-roles/user-role.model';
import { emailIs, User } from './user.model';
import { users } from './user.resource';
import type { newUserSchema } from './user.schemas';

/** The body of a registration. */
export type NewUser = Parsed<typeof newUserSchema>;

/** Registers a customer: user, profile and role in one transaction. Throws `value_taken` (409). */
export async function registerCustomer(ctx: Ctx, values: NewUser): Promise<Found & { readonly id: string }> {
  const { password, ...known } = values;
  const passwordHash = await hashPassword(password);
  return unitOfWork(ctx, async (tx) => {
    const { id } = await createUser(tx, known, passwordHash, 'customer');
    // Nobody is signed in yet, so the new user is read as the system.
    return { id, ...(await readObject({ ...tx, actor: { kind: 'system', name: 'register' } }, users, id)) };
  });
}

/** Creates a user with a profile and one role, inside the caller's unit of work. Throws `value_taken` (409). */
export async function createUser(
  tx: TxContext,
  values: Omit<NewUser, 'password'>,
  passwordHash: string,
  roleName: RoleName,
): Promise<User> {
  const { transaction } = tx;
  const role = await Role.findOne({ where: { name: roleName }, transaction });
  if (!role) throw new Error(`The role "${roleName}" is missing: run "npm run db:seed".`);
  const user = await User.create({ ...values, passwordHash }, { transaction });
  await Profile.create({ userId: user.id }, { transaction });
  await UserRole.create({ userId: user.id, roleId: role.id }, { transaction });
  return user;
}

/** Returns the user of an email, case-insensitively, and locks the row; null where there is none. */
export function findByEmail({ transaction }: TxContext, email: string): Promise<User | null> {
  return User.findOne({ where: emailIs(email), lock: transaction.LOCK.UPDATE, transaction });
}
