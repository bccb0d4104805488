import type { TxContext } from '../../context/context';
import { actorId, type Permission as Grant, holds } from '../../context/permission';
import { beyondOwnPermissions } from '../problems';
import { UserRole } from '../user-roles/user-role.model';
import { Permission } from './permission.model';
import { Role } from './role.model';

/** Throws `beyond_own_permissions` (403) unless the actor holds every grant: to give or take more would be privilege escalation. */
export function requireGrants(tx: TxContext, grants: readonly Grant[]): void {
  const missing = [...new Set(grants)].filter((grant) => !holds(tx.actor, grant));
  if (missing.length > 0) throw beyondOwnPermissions.because(`You do not hold these permissions: ${missing.join(', ')}.`);
}

/**
 * Throws `beyond_own_permissions` (403) where another user holds more than the actor: to change their account, profile or roles would be
 * privilege escalation. Counts the roles of a deleted account, too, because it may be restored.
 */
export async function requireNoMorePowerful(tx: TxContext, userId: string): Promise<void> {
  if (userId !== actorId(tx.actor)) requireGrants(tx, await grantsOfUser(tx, userId));
}

/** Returns the grants of a role, even of a deleted one, which may be restored. */
export async function grantsOf({ transaction }: TxContext, roleId: string): Promise<Grant[]> {
  return (await Permission.findAll({ where: { roleId }, transaction })).map(({ grant }) => grant);
}

async function grantsOfUser({ transaction }: TxContext, userId: string): Promise<Grant[]> {
  const permissions = { model: Permission, as: 'permissions' };
  const role = { model: Role, as: 'role', required: true, include: [permissions] };
  const assignments = await UserRole.scope('current').findAll({ where: { userId }, include: [role], transaction });
  return assignments.flatMap((assignment) => (assignment.role?.permissions ?? []).map(({ grant }) => grant));
}
