import { randomBytes } from 'node:crypto';
import type { Sequelize } from 'sequelize';
import { systemContext } from '../../context/system-context';
import { takeAdvisoryLock } from '../../database/locks';
import { unitOfWork } from '../../database/transaction/unit-of-work';
import { Role } from '../roles/role.model';
import { setPermissions } from '../roles/role.service';
import { endSessions } from '../sessions/end-sessions';
import { hashPassword } from '../sessions/password';
import { assignRole } from '../user-roles/user-role.service';
import { findByEmail } from '../users/register-user';
import { email as emailSchema } from '../users/user.schemas';
import { createAdministrator } from './create-administrator';

/** An administrator with a new password; `isNew` where the user was made. */
export interface ResetAdministrator {
  readonly isNew: boolean;
  readonly password: string;
}

/**
 * Makes the user with this email an active administrator with a new password and ends their sessions, or creates one: for a shop
 * without administrator, or a lost password. A command calls it, no endpoint does.
 */
export async function resetAdministrator(sequelize: Sequelize, email: string): Promise<ResetAdministrator> {
  if (emailSchema.validate(email).error) throw new Error(`"${email}" is not an email address.`);
  const password = randomBytes(15).toString('base64url');
  const passwordHash = await hashPassword(password);
  return unitOfWork(systemContext(sequelize, 'admin-reset', 'the administrator was reset'), async (tx) => {
    const { transaction } = tx;
    await takeAdvisoryLock(tx, 'administrators');
    const role = await Role.findOne({ where: { name: 'admin' }, transaction });
    if (!role) throw new Error('The role "admin" is missing: run "npm run db:seed", or restore it.');
    await setPermissions(tx, role.id, ['*:*']);
    const user = await findByEmail(tx, email);
    if (!user) {
      await createAdministrator(tx, email, passwordHash);
      return { isNew: true, password };
    }
    await user.update({ passwordHash, isActive: true }, { transaction });
    await assignRole(tx, user.id, 'admin', null);
    await endSessions(tx, user.id);
    return { isNew: false, password };
  });
}
