import { randomBytes } from 'node:crypto';
import type { Sequelize } from 'sequelize';
import { systemContext } from '../../context/system-context';
import { takeAdvisoryLock } from '../../database/locks';
import { unitOfWork } from '../../database/transaction/unit-of-work';
import { Role } from '../roles/role.model';
import { setPermissions } from '../roles/role.service';
import { hashPassword } from '../sessions/password';
import { endSessions } from '../sessions/session.service';
import { assignRole } from '../user-roles/user-role.service';
import { findByEmail, makeAdministrator } from '../users/register-user';
import { email as emailSchema } from '../users/user.schemas';

/** An administrator with a new password, whether they were there before or not. */
export interface ResetAdministrator {
  readonly isNew: boolean;
  readonly password: string;
}

/**
 * The way out for a shop without administrator, or with a lost password: makes whoever has the email an active administrator with a
 * new password and ends their sessions, or makes a user. For whoever has the machine; no endpoint leads here.
 */
export async function resetAdministrator(sequelize: Sequelize, email: string): Promise<ResetAdministrator> {
  if (emailSchema.validate(email).error) throw new Error(`"${email}" is no email address.`);
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
      await makeAdministrator(tx, email, passwordHash);
      return { isNew: true, password };
    }
    await user.update({ passwordHash, isActive: true }, { transaction });
    await assignRole(tx, user.id, 'admin', null);
    await endSessions(tx, user.id);
    return { isNew: false, password };
  });
}
