import { randomBytes } from 'node:crypto';
import { col, fn, where } from 'sequelize';
import type { Ctx, TxContext } from '../../context/context';
import { unitOfWork } from '../../database/transaction/unit-of-work';
import type { JsonText } from '../../http/output/reply';
import { readObject, tagOf } from '../../resource/read/read-one';
import type { Parsed } from '../../schema/schema';
import type { RoleName } from '../roles/built-in-roles';
import { Role } from '../roles/role.model';
import { hashPassword } from '../sessions/password';
import { UserRole } from '../user-roles/user-role.model';
import { Profile } from './profile.model';
import { User } from './user.model';
import { users } from './user.resource';
import type { newUserSchema } from './user.schemas';

export type NewUser = Parsed<typeof newUserSchema>;

/** A user that was just made, as JSON with its ETag header. */
export interface Registered {
  readonly id: string;
  readonly text: JsonText;
  readonly tag: Record<string, string>;
}

/** Makes a customer: user, profile and role in one transaction. Throws `value_taken` (409). */
export async function registerCustomer(ctx: Ctx, values: NewUser): Promise<Registered> {
  const { password, ...known } = values;
  const passwordHash = await hashPassword(password);
  return unitOfWork(ctx, async (tx) => {
    const { id } = await makeUser(tx, known, passwordHash, 'customer');
    const found = await readObject({ ...tx, actor: { kind: 'system', name: 'register' } }, users, id);
    return { id, text: found.text, tag: tagOf(users, found) };
  });
}

/** Makes an administrator who can sign in with the password; names and username are for them to change. */
export async function makeAdministrator(tx: TxContext, email: string, passwordHash: string): Promise<void> {
  const username = `admin-${randomBytes(3).toString('hex')}`;
  await makeUser(tx, { email, username, firstName: 'First', lastName: 'Administrator' }, passwordHash, 'admin');
}

/** The user of an email, whatever the case of its letters, locked; null where there is none. */
export function findByEmail(tx: TxContext, email: string): Promise<User | null> {
  const { transaction } = tx;
  return User.findOne({ where: where(fn('lower', col('email')), fn('lower', email)), lock: transaction.LOCK.UPDATE, transaction });
}

/* Makes a user with profile and one role, inside the caller's unit of work. */
async function makeUser(tx: TxContext, values: Omit<NewUser, 'password'>, passwordHash: string, roleName: RoleName): Promise<User> {
  const { transaction } = tx;
  const user = await User.create({ ...values, passwordHash }, { transaction });
  await Profile.create({ userId: user.id }, { transaction });
  const role = await Role.findOne({ where: { name: roleName }, transaction });
  if (!role) throw new Error(`The role "${roleName}" is missing: run "npm run db:seed".`);
  await UserRole.create({ userId: user.id, roleId: role.id }, { transaction });
  return user;
}
