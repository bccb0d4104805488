import type { TxContext } from '../../context/context';
import type { Permission as Grant } from '../../context/permission';
import { takeAdvisoryLock } from '../../database/locks';
import type { Reply } from '../../http/output/reply';
import { readObject, replyWith } from '../../resource/read/read-one';
import { ResourceService } from '../../resource/resource.service';
import { lockRow } from '../../resource/write/lock-row';
import { requireAdministrator } from '../administrators/require-administrator';
import { forgetActors } from '../sessions/authenticate';
import { builtInRoles } from './built-in-roles';
import { Permission } from './permissions/permission.model';
import { requireGrants } from './permissions/require-grants';
import { roleHooks } from './role.hooks';
import { Role } from './role.model';
import { roles } from './role.resource';

const WITH_PERMISSIONS = { fields: null, include: ['permissions'] };

/** Manages roles. */
export const roleService = new ResourceService(roles, roleHooks);

/**
 * Sets the permissions of a role and returns the role with them; throws `not_found` (404), `beyond_own_permissions` (403),
 * `last_administrator` (409).
 */
export async function setPermissions(tx: TxContext, roleId: string, grants: readonly Grant[]): Promise<Reply> {
  const { transaction } = tx;
  await takeAdvisoryLock(tx, 'administrators');
  await lockRow(tx, roles, roleId);
  const present = await Permission.findAll({ where: { roleId }, transaction });
  requireGrants(tx, [...present.map(({ grant }) => grant), ...grants]);
  const removed = present.filter(({ grant }) => !grants.includes(grant));
  const added = [...new Set(grants)].filter((grant) => present.every((permission) => permission.grant !== grant));
  await Permission.destroy({ where: { id: removed.map(({ id }) => id) }, transaction });
  await Permission.bulkCreate(
    added.map((grant) => ({ roleId, ...partsOf(grant) })),
    { validate: true, transaction },
  );
  forgetActors(tx);
  await requireAdministrator(tx);
  return replyWith(await readObject(tx, roles, roleId, WITH_PERMISSIONS));
}

/** Returns whether the shop has a role of each built-in name; a deleted one counts, because an administrator deleted it on purpose. */
export async function hasBuiltInRoles(): Promise<boolean> {
  const names = builtInRoles.map(({ name }) => name);
  return (await Role.count({ where: { name: names }, distinct: true, col: 'name', paranoid: false })) === names.length;
}

function partsOf(grant: Grant): { resource: string; action: string } {
  const [resource = '', action = ''] = grant.split(':');
  return { resource, action };
}
