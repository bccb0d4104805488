import { Op } from 'sequelize';
import { takeAdvisoryLock } from '../../database/locks';
import { run } from '../../database/sql/statement';
import type { TxContext } from '../../context/context';
import { actorId, type Permission as Grant } from '../../context/permission';
import { notFound } from '../../problems/common-problems';
import { lockRow } from '../../resource/write/lock-row';
import { forgetActors } from '../sessions/authenticate';
import { users } from '../users/user.resource';
import { demandAdministrator } from '../administrators/require-administrator';
import { demandHeld, grantsOf } from './require-grants';
import { Permission } from './permission.model';
import { Role } from './role.model';
import { roles } from './role.resource';
import { UserRole } from '../user-roles/user-role.model';

/** Gives a user a role, until a time or for good; again renews it. Throws `not_found` (404), `beyond_own_permissions` (403), `last_administrator` (409). */
export async function assignRole(tx: TxContext, userId: string, roleName: string, expiresAt: Date | null): Promise<void> {
  await takeAdvisoryLock(tx, 'administrators');
  await lockRow(tx, users, userId);
  const role = await findRole(tx, roleName);
  demandHeld(tx, await grantsOf(tx, role.id));
  const { transaction } = tx;
  const assignment = { assignedBy: actorId(tx.actor), assignedAt: new Date(), expiresAt, isActive: true };
  const known = await UserRole.findOne({ where: { userId, roleId: role.id }, transaction });
  await (known ? known.update(assignment, { transaction }) : UserRole.create({ userId, roleId: role.id, ...assignment }, { transaction }));
  forgetActors(tx);
  if (expiresAt !== null) await demandAdministrator(tx);
}

/** Takes a role from a user; throws `not_found` (404), `beyond_own_permissions` (403), `last_administrator` (409). */
export async function revokeRole(tx: TxContext, userId: string, roleName: string): Promise<void> {
  await takeAdvisoryLock(tx, 'administrators');
  await lockRow(tx, users, userId);
  const role = await findRole(tx, roleName);
  demandHeld(tx, await grantsOf(tx, role.id));
  const removed = await UserRole.destroy({ where: { userId, roleId: role.id }, transaction: tx.transaction });
  if (removed === 0) throw notFound.because(`The user does not have the role "${roleName}".`);
  forgetActors(tx);
  await demandAdministrator(tx);
}

/** Sets the permissions of a role; throws `not_found` (404), `beyond_own_permissions` (403), `last_administrator` (409). */
export async function setPermissions(tx: TxContext, roleId: string, grants: readonly Grant[]): Promise<void> {
  await takeAdvisoryLock(tx, 'administrators');
  await lockRow(tx, roles, roleId);
  const held = await grantsOf(tx, roleId);
  demandHeld(tx, [...held, ...grants]);
  const { transaction } = tx;
  const kept = held.filter((grant) => grants.includes(grant));
  const wanted = [...new Set(grants)].filter((grant) => !kept.includes(grant));
  await run(tx, {
    text: "DELETE FROM permissions WHERE role_id = $1::uuid AND resource || ':' || action <> ALL($2::text[])",
    values: [roleId, kept],
  });
  const rows = wanted.map((grant) => ({ roleId, resource: grant.split(':')[0] as string, action: grant.split(':')[1] as string }));
  await Permission.bulkCreate(rows, { validate: true, transaction });
  forgetActors(tx);
  await demandAdministrator(tx);
}

async function findRole(tx: TxContext, name: string): Promise<Role> {
  const role = await Role.findOne({ where: { name: { [Op.eq]: name } }, lock: tx.transaction.LOCK.SHARE, transaction: tx.transaction });
  if (!role) throw notFound.because(`There is no role "${name}".`);
  return role;
}
