import type { Permission } from '../../context/permission';
import { endpoint } from '../../http/endpoint';
import { apiRouter } from '../../http/routing/api-router';
import { objectSchema } from '../../resource/definition/schemas';
import { resourceEndpoints } from '../../resource/resource-endpoints';
import { list, object, uuid } from '../../schema/schema';
import { beyondOwnPermissions, lastAdministrator } from '../problems';
import { roles } from './role.resource';
import { permissionSchema } from './role.schemas';
import { roleService, setPermissions } from './role.service';

export const roleRouter = apiRouter({
  prefix: roles.prefix,
  tag: roles.tag,
  description: roles.description,
  endpoints: [
    ...resourceEndpoints(roleService),
    endpoint({
      transaction: 'managed',
      method: 'put',
      path: '/:id/permissions',
      operationId: 'setRolePermissions',
      summary: 'Set the permissions of a role',
      access: 'roles:write',
      params: { id: uuid().description('The id of the role.').required() },
      body: object({ permissions: list(permissionSchema, 0, 200) }),
      example: { permissions: ['orders:read', 'orders:ship'] },
      responses: { 200: { description: 'The role with its permissions.', schema: () => objectSchema(roles), headers: ['ETag'] } },
      problems: [beyondOwnPermissions, lastAdministrator],
      rows: (_ctx, { params }) => roleService.rowsOf(params.id),
      run: (tx, { params, body }) => setPermissions(tx, params.id, body.permissions as Permission[]),
    }),
  ],
});
