import { Op } from 'sequelize';
import type { TxContext } from '../../context/context';
import { actorId } from '../../context/permission';
import { takeAdvisoryLock } from '../../database/locks';
import { notFound } from '../../problems/common-problems';
import { lockRow } from '../../resource/write/lock-row';
import { requireAdministrator } from '../administrators/require-administrator';
import { grantsOf, requireHeld } from '../roles/require-grants';
import { Role } from '../roles/role.model';
import { forgetActors } from '../sessions/authenticate';
import { users } from '../users/user.resource';
import { UserRole } from './user-role.model';

/** Gives a user a role, until a time or for good; again renews it. Throws `not_found` (404), `beyond_own_permissions` (403), `last_administrator` (409). */
export async function assignRole(tx: TxContext, userId: string, roleName: string, expiresAt: Date | null): Promise<void> {
  await takeAdvisoryLock(tx, 'administrators');
  await lockRow(tx, users, userId);
  const role = await findRole(tx, roleName);
  requireHeld(tx, await grantsOf(tx, role.id));
  const { transaction } = tx;
  const assignment = { assignedBy: actorId(tx.actor), assignedAt: new Date(), expiresAt, isActive: true };
  const known = await UserRole.findOne({ where: { userId, roleId: role.id }, transaction });
  await (known ? known.update(assignment, { transaction }) : UserRole.create({ userId, roleId: role.id, ...assignment }, { transaction }));
  forgetActors(tx);
  if (expiresAt !== null) await requireAdministrator(tx);
}

/** Takes a role from a user; throws `not_found` (404), `beyond_own_permissions` (403), `last_administrator` (409). */
export async function revokeRole(tx: TxContext, userId: string, roleName: string): Promise<void> {
  await takeAdvisoryLock(tx, 'administrators');
  await lockRow(tx, users, userId);
  const role = await findRole(tx, roleName);
  requireHeld(tx, await grantsOf(tx, role.id));
  const removed = await UserRole.destroy({ where: { userId, roleId: role.id }, transaction: tx.transaction });
  if (removed === 0) throw notFound.because(`The user does not have the role "${roleName}".`);
  forgetActors(tx);
  await requireAdministrator(tx);
}

async function findRole(tx: TxContext, name: string): Promise<Role> {
  const role = await Role.findOne({ where: { name: { [Op.eq]: name } }, lock: tx.transaction.LOCK.SHARE, transaction: tx.transaction });
  if (!role) throw notFound.because(`There is no role "${name}".`);
  return role;
}
