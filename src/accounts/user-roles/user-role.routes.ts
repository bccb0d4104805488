import { run } from '../../database/sql/statement';
import type { Ctx } from '../../context/context';
import { reads, writes } from '../../http/endpoint';
import { list, nullable, object, optional, timestamp, uuid } from '../../schema/schema';
import { noContent, ok, type Reply } from '../../http/output/reply';
import { readObject } from '../../resource/read/read-one';
import { beyondOwnPermissions, lastAdministrator } from '../problems';
import { users } from '../users/user.resource';
import { assignRole, revokeRole } from '../roles/role.service';
import { roleName } from '../roles/role.schemas';

const id = uuid().description('The id of the user.').required();
const assignment = object({ role: roleName, assignedAt: timestamp(), expiresAt: nullable(timestamp()) });

/** The endpoints of a user's roles, below the user. */
export const roleEndpoints = [
  reads({
    method: 'get',
    path: '/:id/roles',
    id: 'listUserRoles',
    summary: 'List the roles that a user has now',
    access: 'signed-in',
    params: { id },
    answers: { 200: { about: 'The assignments that hold now.', schema: () => object({ data: list(assignment, 0, 1_000) }) } },
    run: (ctx, { params }) => assignments(ctx, params.id),
  }),
  writes({
    method: 'post',
    path: '/:id/roles',
    id: 'assignRole',
    summary: 'Give a user a role',
    access: 'roles:assign',
    params: { id },
    body: object({ role: roleName, expiresAt: optional(timestamp().description('When it ends; never, when left out.')) }),
    example: { role: 'support' },
    answers: { 204: { about: 'The user has the role.' } },
    problems: [beyondOwnPermissions, lastAdministrator],
    run: async (tx, { params, body }) => {
      await assignRole(tx, params.id, body.role, body.expiresAt === undefined ? null : new Date(body.expiresAt));
      return noContent();
    },
  }),
  writes({
    method: 'delete',
    path: '/:id/roles/:role',
    id: 'revokeRole',
    summary: 'Take a role from a user',
    access: 'roles:assign',
    params: { id, role: roleName.required() },
    answers: { 204: { about: 'The user no longer has the role.' } },
    problems: [beyondOwnPermissions, lastAdministrator],
    run: async (tx, { params }) => {
      await revokeRole(tx, params.id, params.role);
      return noContent();
    },
  }),
];

async function assignments(ctx: Ctx, userId: string): Promise<Reply> {
  await readObject(ctx, users, userId, { fields: ['id'], include: [] });
  const data = await run<{ role: string; assignedAt: Date; expiresAt: Date | null }>(ctx, {
    text:
      'SELECT r.name AS role, ur.assigned_at AS "assignedAt", ur.expires_at AS "expiresAt" FROM user_roles ur ' +
      'JOIN roles r ON r.id = ur.role_id AND r.deleted_at IS NULL ' +
      'WHERE ur.user_id = $1::uuid AND ur.is_active AND (ur.expires_at IS NULL OR ur.expires_at > now()) ORDER BY r.name',
    values: [userId],
  });
  return ok({ data });
}
