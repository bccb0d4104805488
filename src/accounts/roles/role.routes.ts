import { type Routes, writes } from '../../http/endpoint';
import { list, object, uuid } from '../../schema/schema';
import type { Permission } from '../../context/permission';
import { resourceEndpoints } from '../../resource/resource-endpoints';
import { readObject, replyWith } from '../../resource/read/read-one';
import { objectSchema } from '../../resource/definition/schemas';
import { beyondOwnPermissions, lastAdministrator } from '../problems';
import { setPermissions } from './role.service';
import { roles } from './role.resource';
import { permissionSchema } from './role.schemas';

const WITH_PERMISSIONS = { fields: null, include: ['permissions'] };

export const roleRoutes: Routes = {
  prefix: roles.prefix,
  tag: roles.tag,
  about: roles.about,
  endpoints: [
    ...resourceEndpoints(roles),
    writes({
      method: 'put',
      path: '/:id/permissions',
      id: 'setRolePermissions',
      summary: 'Set what a role allows',
      access: 'roles:write',
      params: { id: uuid().description('The id of the role.').required() },
      body: object({ permissions: list(permissionSchema, 0, 200) }),
      example: { permissions: ['orders:read', 'orders:ship'] },
      answers: { 200: { about: 'The role with its permissions.', schema: () => objectSchema(roles), headers: ['ETag'] } },
      problems: [beyondOwnPermissions, lastAdministrator],
      run: async (tx, { params, body }) => {
        await setPermissions(tx, params.id, body.permissions as Permission[]);
        return replyWith(roles, await readObject(tx, roles, params.id, WITH_PERMISSIONS));
      },
    }),
  ],
};
