import type { Ctx } from '../../context/context';
import { queryAll } from '../../database/sql/statement';
import { endpoint } from '../../http/endpoint';
import { noContent, ok, type Reply } from '../../http/output/reply';
import { readObject } from '../../resource/read/read-one';
import { list, nullable, object, optional, timestamp, uuid } from '../../schema/schema';
import { beyondOwnPermissions, lastAdministrator } from '../problems';
import { roleName } from '../roles/role.schemas';
import { users } from '../users/user.resource';
import { assignRole, revokeRole } from './user-role.service';

const id = uuid().description('The id of the user.').required();
const assignment = object({ role: roleName, assignedAt: timestamp(), expiresAt: nullable(timestamp()) });

/** The endpoints of a user's roles, below the user. */
export const roleEndpoints = [
  endpoint({
    transaction: 'none',
    method: 'get',
    path: '/:id/roles',
    operationId: 'listUserRoles',
    summary: 'List the roles that a user has now',
    access: 'signed-in',
    params: { id },
    responses: { 200: { description: 'The assignments that hold now.', schema: () => object({ data: list(assignment, 0, 1_000) }) } },
    run: (ctx, { params }) => assignments(ctx, params.id),
  }),
  endpoint({
    transaction: 'managed',
    method: 'post',
    path: '/:id/roles',
    operationId: 'assignRole',
    summary: 'Give a user a role',
    access: 'roles:assign',
    params: { id },
    body: object({ role: roleName, expiresAt: optional(timestamp().description('When it ends; never, when left out.')) }),
    example: { role: 'support' },
    responses: { 204: { description: 'The user has the role.' } },
    problems: [beyondOwnPermissions, lastAdministrator],
    run: async (tx, { params, body }) => {
      await assignRole(tx, params.id, body.role, body.expiresAt === undefined ? null : new Date(body.expiresAt));
      return noContent();
    },
  }),
  endpoint({
    transaction: 'managed',
    method: 'delete',
    path: '/:id/roles/:role',
    operationId: 'revokeRole',
    summary: 'Take a role from a user',
    access: 'roles:assign',
    params: { id, role: roleName.required() },
    responses: { 204: { description: 'The user no longer has the role.' } },
    problems: [beyondOwnPermissions, lastAdministrator],
    run: async (tx, { params }) => {
      await revokeRole(tx, params.id, params.role);
      return noContent();
    },
  }),
];

async function assignments(ctx: Ctx, userId: string): Promise<Reply> {
  await readObject(ctx, users, userId, { fields: ['id'], include: [] });
  const data = await queryAll<{ role: string; assignedAt: Date; expiresAt: Date | null }>(ctx, {
    text:
      'SELECT r.name AS role, ur.assigned_at AS "assignedAt", ur.expires_at AS "expiresAt" FROM user_roles ur ' +
      'JOIN roles r ON r.id = ur.role_id AND r.deleted_at IS NULL ' +
      'WHERE ur.user_id = $1::uuid AND ur.is_active AND (ur.expires_at IS NULL OR ur.expires_at > now()) ORDER BY r.name',
    values: [userId],
  });
  return ok({ data });
}
