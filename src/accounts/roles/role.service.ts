import type { TxContext } from '../../context/context';
import type { Permission as Grant } from '../../context/permission';
import { takeAdvisoryLock } from '../../database/locks';
import { ResourceService } from '../../resource/resource.service';
import { lockRow } from '../../resource/write/lock-row';
import { requireAdministrator } from '../administrators/require-administrator';
import { forgetActors } from '../sessions/authenticate';
import { builtInRoles } from './built-in-roles';
import { Permission } from './permission.model';
import { grantsOf, requireGrants } from './require-grants';
import { roleHooks } from './role.hooks';
import { Role } from './role.model';
import { roles } from './role.resource';

/** Manages roles. */
export const roleService = new ResourceService(roles, roleHooks);

/** Sets the permissions of a role; throws `not_found` (404), `beyond_own_permissions` (403), `last_administrator` (409). */
export async function setPermissions(tx: TxContext, roleId: string, grants: readonly Grant[]): Promise<void> {
  await takeAdvisoryLock(tx, 'administrators');
  await lockRow(tx, roles, roleId);
  const held = await grantsOf(tx, roleId);
  requireGrants(tx, [...held, ...grants]);
  const { transaction } = tx;
  const removed = held.filter((grant) => !grants.includes(grant)).map(partsOf);
  for (const { resource, action } of removed) await Permission.destroy({ where: { roleId, resource, action }, transaction });
  const added = [...new Set(grants)].filter((grant) => !held.includes(grant)).map(partsOf);
  await Permission.bulkCreate(
    added.map((parts) => ({ roleId, ...parts })),
    { validate: true, transaction },
  );
  forgetActors(tx);
  await requireAdministrator(tx);
}

/** Returns whether the shop has a role of each built-in name; a deleted one counts, because an administrator's decision stands. */
export async function hasBuiltInRoles(): Promise<boolean> {
  const names = builtInRoles.map(({ name }) => name);
  return (await Role.count({ where: { name: names }, distinct: true, col: 'name', paranoid: false })) === names.length;
}

function partsOf(grant: Grant): { resource: string; action: string } {
  const [resource = '', action = ''] = grant.split(':');
  return { resource, action };
}
