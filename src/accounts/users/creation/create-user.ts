import type { TxContext } from '../../../context/context';
import { requireUnused } from '../../../resource/write/require-unused';
import { Profile } from '../../profiles/profile.model';
import type { RoleName } from '../../roles/built-in-roles';
import { Role } from '../../roles/role.model';
import { UserRole } from '../../user-roles/user-role.model';
import { User } from '../user.model';
import { users } from '../user.resource';
import type { NewUser } from '../user.schemas';

/** Creates a user with a profile and one role; throws `value_taken` (409). */
export async function createUser(
  tx: TxContext,
  values: Omit<NewUser, 'password'>,
  passwordHash: string,
  roleName: RoleName,
): Promise<User> {
  const { transaction } = tx;
  await requireUnused(tx, users, values);
  const role = await Role.findOne({ where: { name: roleName }, transaction });
  if (!role) throw new Error(`The role "${roleName}" is missing: run "npm run db:seed".`);
  const user = await User.create({ ...values, passwordHash }, { transaction });
  await Profile.create({ userId: user.id }, { transaction });
  await UserRole.create({ userId: user.id, roleId: role.id }, { transaction });
  return user;
}
