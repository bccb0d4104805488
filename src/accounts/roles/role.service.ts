import type { TxContext } from '../../context/context';
import type { Permission as Grant } from '../../context/permission';
import { takeAdvisoryLock } from '../../database/locks';
import { queryAll } from '../../database/sql/statement';
import { ResourceService } from '../../resource/resource.service';
import { lockRow } from '../../resource/write/lock-row';
import { requireAdministrator } from '../administrators/require-administrator';
import { forgetActors } from '../sessions/authenticate';
import { Permission } from './permission.model';
import { grantsOf, requireHeld } from './require-grants';
import { roleHooks } from './role.hooks';
import { roles } from './role.resource';

/** Manages roles. */
export const roleService = new ResourceService(roles, roleHooks);

/** Sets the permissions of a role; throws `not_found` (404), `beyond_own_permissions` (403), `last_administrator` (409). */
export async function setPermissions(tx: TxContext, roleId: string, grants: readonly Grant[]): Promise<void> {
  await takeAdvisoryLock(tx, 'administrators');
  await lockRow(tx, roles, roleId);
  const held = await grantsOf(tx, roleId);
  requireHeld(tx, [...held, ...grants]);
  const { transaction } = tx;
  const kept = held.filter((grant) => grants.includes(grant));
  const wanted = [...new Set(grants)].filter((grant) => !kept.includes(grant));
  await queryAll(tx, {
    text: "DELETE FROM permissions WHERE role_id = $1::uuid AND resource || ':' || action <> ALL($2::text[])",
    values: [roleId, kept],
  });
  const rows = wanted.map((grant) => ({ roleId, resource: grant.split(':')[0] as string, action: grant.split(':')[1] as string }));
  await Permission.bulkCreate(rows, { validate: true, transaction });
  forgetActors(tx);
  await requireAdministrator(tx);
}
