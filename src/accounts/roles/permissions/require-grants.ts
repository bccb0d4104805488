import type { TxContext } from '../../../context/context';
import { actorId, type Permission as Grant, holds } from '../../../context/permission';
import type { LockedWrite } from '../../../resource/write/pending-write';
import { beyondOwnPermissions } from '../../problems';
import { UserRole } from '../../user-roles/user-role.model';
import { Role } from '../role.model';
import { Permission } from './permission.model';

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
  if (userId !== actorId(tx.actor)) requireGrants(tx, (await grantsOfUsers(tx, [userId])).get(userId) ?? []);
}

/** Refuses the writes of users who hold more than the actor, as `requireNoMorePowerful` does, in one statement. */
export async function refuseMorePowerful(tx: TxContext, writes: readonly LockedWrite[]): Promise<void> {
  const others = writes.filter(({ id }) => id !== actorId(tx.actor));
  if (others.length === 0) return;
  const grants = await grantsOfUsers(
    tx,
    others.map(({ id }) => id),
  );
  for (const write of others) write.check(() => requireGrants(tx, grants.get(write.id) ?? []));
}

/** Returns the grants of a role, even of a deleted one, which may be restored. */
export async function grantsOf(tx: TxContext, roleId: string): Promise<readonly Grant[]> {
  return (await grantsOfRoles(tx, [roleId])).get(roleId) ?? [];
}

/** Returns the grants of roles, as `grantsOf` does, by the id of the role. */
export async function grantsOfRoles({ transaction }: TxContext, roleIds: readonly string[]): Promise<ReadonlyMap<string, Grant[]>> {
  const permissions = await Permission.findAll({ where: { roleId: [...roleIds] }, transaction });
  return grouped(permissions.map(({ roleId, grant }) => [roleId, [grant]]));
}

async function grantsOfUsers({ transaction }: TxContext, userIds: readonly string[]): Promise<ReadonlyMap<string, Grant[]>> {
  const permissions = { model: Permission, as: 'permissions' };
  const role = { model: Role, as: 'role', required: true, include: [permissions] };
  const assignments = await UserRole.scope('current').findAll({ where: { userId: [...userIds] }, include: [role], transaction });
  return grouped(assignments.map((assignment) => [assignment.userId, (assignment.role?.permissions ?? []).map(({ grant }) => grant)]));
}

function grouped(entries: readonly (readonly [id: string, grants: readonly Grant[]])[]): ReadonlyMap<string, Grant[]> {
  const groups = new Map<string, Grant[]>();
  for (const [id, grants] of entries) groups.set(id, [...(groups.get(id) ?? []), ...grants]);
  return groups;
}
