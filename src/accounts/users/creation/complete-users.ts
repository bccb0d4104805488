import type { TxContext } from '../../../context/context';
import { Profile } from '../../profiles/profile.model';
import type { RoleName } from '../../roles/built-in-roles';
import { Role } from '../../roles/role.model';
import { UserRole } from '../../user-roles/user-role.model';

/** Gives new users their profile and a role. */
export async function completeUsers(tx: TxContext, userIds: readonly string[], roleName: RoleName): Promise<void> {
  const { transaction } = tx;
  const role = await Role.findOne({ where: { name: roleName }, transaction });
  if (!role) throw new Error(`The role "${roleName}" is missing: run "npm run db:seed".`);
  const options = { validate: true, transaction };
  await Profile.bulkCreate(
    userIds.map((userId) => ({ userId })),
    options,
  );
  await UserRole.bulkCreate(
    userIds.map((userId) => ({ userId, roleId: role.id })),
    options,
  );
}
