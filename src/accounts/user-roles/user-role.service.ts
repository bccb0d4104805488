import type { Ctx, TxContext } from '../../context/context';
import { actorId } from '../../context/permission';
import { databaseTime } from '../../database/database-time';
import { takeAdvisoryLock } from '../../database/locks';
import { notFound } from '../../problems/common-problems';
import { lockRow } from '../../resource/write/lock-row';
import { requireAdministrator } from '../administrators/require-administrator';
import { grantsOf, requireGrants, requireNoMorePowerful } from '../roles/permissions/require-grants';
import { Role } from '../roles/role.model';
import { forgetActors } from '../sessions/authenticate';
import { users } from '../users/user.resource';
import { requireVisibleUser } from '../users/user.service';
import { UserRole } from './user-role.model';

/** A role that a user has now. */
export interface Assignment {
  readonly role: string;
  readonly assignedAt: Date;
  readonly expiresAt: Date | null;
}

/** Returns the roles that a user has now, by name; throws `not_found` (404). */
export async function listUserRoles(ctx: Ctx, userId: string): Promise<Assignment[]> {
  await requireVisibleUser(ctx, userId);
  const assignments = await UserRole.scope('current').findAll({
    where: { userId },
    include: [{ model: Role, as: 'role', required: true, attributes: ['name'] }],
    order: [['role', 'name', 'ASC']],
  });
  return assignments.map(({ role, assignedAt, expiresAt }) => ({ role: role?.name ?? '', assignedAt, expiresAt }));
}

/**
 * Assigns a role to a user until it expires (null: never), or renews the assignment; throws `not_found` (404),
 * `beyond_own_permissions` (403), `last_administrator` (409).
 */
export async function assignRole(tx: TxContext, userId: string, roleName: string, expiresAt: Date | null): Promise<void> {
  const role = await lockUserAndRole(tx, userId, roleName);
  const { transaction } = tx;
  const values = { assignedBy: actorId(tx.actor), assignedAt: databaseTime(), expiresAt, isActive: true };
  const existing = await UserRole.findOne({ where: { userId, roleId: role.id }, transaction });
  await (existing ? existing.update(values, { transaction }) : UserRole.create({ userId, roleId: role.id, ...values }, { transaction }));
  forgetActors(tx);
  if (expiresAt !== null) await requireAdministrator(tx);
}

/** Revokes a role of a user; throws `not_found` (404), `beyond_own_permissions` (403), `last_administrator` (409). */
export async function revokeRole(tx: TxContext, userId: string, roleName: string): Promise<void> {
  const role = await lockUserAndRole(tx, userId, roleName);
  const removed = await UserRole.destroy({ where: { userId, roleId: role.id }, transaction: tx.transaction });
  if (removed === 0) throw notFound.because(`The user does not have the role "${roleName}".`);
  forgetActors(tx);
  await requireAdministrator(tx);
}

async function lockUserAndRole(tx: TxContext, userId: string, roleName: string): Promise<Role> {
  const { transaction } = tx;
  await takeAdvisoryLock(tx, 'administrators');
  await lockRow(tx, users, userId);
  await requireNoMorePowerful(tx, userId);
  const role = await Role.findOne({ where: { name: roleName }, lock: transaction.LOCK.SHARE, transaction });
  if (!role) throw notFound.because(`Role "${roleName}" not found.`);
  requireGrants(tx, await grantsOf(tx, role.id));
  return role;
}
