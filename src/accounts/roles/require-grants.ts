import type { TxContext } from '../../context/context';
import { type Permission as Grant, holds } from '../../context/permission';
import { beyondOwnPermissions } from '../problems';
import { UserRole } from '../user-roles/user-role.model';
import { Permission } from './permission.model';
import { Role } from './role.model';

/** Throws `beyond_own_permissions` (403) unless the actor holds all grants: giving or taking more would be privilege escalation. */
export function requireGrants(tx: TxContext, grants: readonly Grant[]): void {
  const missing = [...new Set(grants)].filter((grant) => !holds(tx.actor, grant));
  if (missing.length > 0) throw beyondOwnPermissions.because(`This takes permissions that you do not hold: ${missing.join(', ')}.`);
}

/** Returns what a role grants, also where it is deleted and might be restored. */
export async function grantsOf({ transaction }: TxContext, roleId: string): Promise<Grant[]> {
  return (await Permission.findAll({ where: { roleId }, transaction })).map(({ grant }) => grant);
}

/** Returns what a user's roles grant now, also where the account is deleted and might be restored. */
export async function grantsOfUser({ transaction }: TxContext, userId: string): Promise<Grant[]> {
  const permissions = { model: Permission, as: 'permissions' };
  const role = { model: Role, as: 'role', required: true, include: [permissions] };
  const assignments = await UserRole.scope('current').findAll({ where: { userId }, include: [role], transaction });
  return assignments.flatMap(({ role: held }) => (held?.permissions ?? []).map(({ grant }) => grant));
}
