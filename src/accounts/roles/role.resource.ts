import { takeAdvisoryLock } from '../../database/locks';
import { defineResource } from '../../resource/resource';
import { lastAdministrator } from '../problems';
import { forgetActors } from '../sessions/authenticate';
import { demandAdministrator } from './administrators';
import { Permission } from './permission.model';
import { Role } from './role.model';
import { permissionFields, roleFields } from './role.schemas';

const permissions = defineResource({
  name: 'permissions',
  one: 'permission',
  prefix: '/v1/roles',
  tag: 'Roles',
  about: 'What a role allows.',
  model: () => Permission,
  fields: permissionFields,
  defaultSort: 'id',
});

/** Roles: named sets of permissions. */
export const roles = defineResource({
  name: 'roles',
  one: 'role',
  prefix: '/v1/roles',
  tag: 'Roles',
  about: 'Named sets of permissions. A permission is resource:action; * stands for any.',
  model: () => Role,
  fields: roleFields,
  includes: { permissions: { resource: () => permissions, many: true, orderBy: 'resource' } },
  defaultSort: 'name',
  verbs: ['list', 'read', 'create', 'patch', 'delete', 'restore'],
  steps: {
    lockFirst: (tx) => takeAdvisoryLock(tx, 'administrators'),
    afterWrite: async (tx) => {
      forgetActors(tx);
      await demandAdministrator(tx);
    },
  },
  problems: [lastAdministrator],
  example: { name: 'packer', description: 'Ships orders.' },
});
