import { defineResource } from '../../resource/definition/resource';
import { beyondOwnPermissions, builtInRole, lastAdministrator } from '../problems';
import { Permission } from './permissions/permission.model';
import { Role } from './role.model';
import { permissionFields, roleFields } from './role.schemas';

const permissions = defineResource({
  name: 'permissions',
  one: 'permission',
  prefix: '/v1/roles',
  tag: 'Roles',
  description: 'The permissions of roles.',
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
  description: 'Named sets of permissions. A permission is resource:action, and * matches any. Built-in roles keep their names.',
  model: () => Role,
  fields: roleFields,
  includes: { permissions: { resource: () => permissions, many: true, orderBy: 'resource' } },
  defaultSort: 'name',
  verbs: ['list', 'read', 'create', 'patch', 'delete', 'restore'],
  problems: [builtInRole, beyondOwnPermissions, lastAdministrator],
  example: { name: 'packer', description: 'Ships orders.' },
});
