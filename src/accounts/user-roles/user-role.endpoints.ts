import { endpoint } from '../../http/endpoint';
import { noContent, ok } from '../../http/output/reply';
import { list, nullable, object, optional, timestamp, uuid } from '../../schema/schema';
import { beyondOwnPermissions, lastAdministrator } from '../problems';
import { roleName } from '../roles/role.schemas';
import { userService } from '../users/user.service';
import { assignRole, listUserRoles, revokeRole } from './user-role.service';

const id = uuid().description('The id of the user.').required();
const assignment = object({ role: roleName, assignedAt: timestamp(), expiresAt: nullable(timestamp()) });

/** The endpoints of a user's roles, below the user. */
export const userRoleEndpoints = [
  endpoint({
    transaction: 'none',
    method: 'get',
    path: '/:id/roles',
    operationId: 'listUserRoles',
    summary: 'List the current roles of a user',
    access: 'signed-in',
    params: { id },
    responses: { 200: { description: 'The current assignments.', schema: () => object({ data: list(assignment, 0, 1_000) }) } },
    run: async (ctx, { params }) => ok({ data: await listUserRoles(ctx, params.id) }),
  }),
  endpoint({
    transaction: 'managed',
    method: 'post',
    path: '/:id/roles',
    operationId: 'assignRole',
    summary: 'Assign a role to a user',
    access: 'roles:assign',
    params: { id },
    body: object({ role: roleName, expiresAt: optional(timestamp().description('When the assignment ends; without it, never.')) }),
    example: { role: 'support' },
    responses: { 204: { description: 'Assigned.' } },
    problems: [beyondOwnPermissions, lastAdministrator],
    rows: (_ctx, { params }) => userService.rowsOf(params.id),
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
    summary: 'Revoke a user’s role',
    access: 'roles:assign',
    params: { id, role: roleName.required() },
    responses: { 204: { description: 'Revoked.' } },
    problems: [beyondOwnPermissions, lastAdministrator],
    rows: (_ctx, { params }) => userService.rowsOf(params.id),
    run: async (tx, { params }) => {
      await revokeRole(tx, params.id, params.role);
      return noContent();
    },
  }),
];
