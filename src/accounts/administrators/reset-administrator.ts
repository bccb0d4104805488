import { randomBytes } from 'node:crypto';
import { type SystemResources, systemContext } from '../../context/system-context';
import { takeAdvisoryLock } from '../../database/locks';
import { unitOfWork } from '../../database/transaction/unit-of-work';
import { hashPassword } from '../passwords/password-hash';
import { Role } from '../roles/role.model';
import { setPermissions } from '../roles/role.service';
import { endSessions } from '../sessions/end-sessions';
import { assignRole } from '../user-roles/user-role.service';
import { email as emailSchema } from '../users/user.schemas';
import { lockUserByEmail } from '../users/user.service';
import { createAdministrator } from './create-administrator';

/** The new password of an administrator; `isNew` where the user was created. */
export interface ResetAdministrator {
  readonly isNew: boolean;
  readonly password: string;
}

/**
 * Makes the user with this email an active administrator with a new password and ends the user's sessions; creates the user where
 * there is none. A command calls it, for a shop without an administrator or a lost password; no endpoint does.
 */
export async function resetAdministrator(resources: SystemResources, email: string): Promise<ResetAdministrator> {
  if (emailSchema.validate(email).error) throw new Error(`"${email}" is not an email address.`);
  const ctx = systemContext(resources, 'admin-reset', 'the administrator was reset');
  const password = randomBytes(15).toString('base64url');
  const passwordHash = await hashPassword(ctx, password);
  return unitOfWork(ctx, async (tx) => {
    const { transaction } = tx;
    await takeAdvisoryLock(tx, 'administrators');
    const role = await Role.findOne({ where: { name: 'admin' }, transaction });
    if (!role) throw new Error('The role "admin" is missing: run "npm run db:seed", or restore it.');
    await setPermissions(tx, role.id, ['*:*']);
    const user = await lockUserByEmail(tx, email);
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
