import { defineResource } from '../../resource/definition/resource';
import { beyondOwnPermissions, lastAdministrator } from '../problems';
import { profiles } from '../profiles/profile.resource';
import { roles } from '../roles/role.resource';
import { User } from './user.model';
import { visibleUsers } from './user.policy';
import { userFields } from './user.schemas';

/** Users: customers and staff. */
export const users = defineResource({
  name: 'users',
  one: 'user',
  prefix: '/v1/users',
  tag: 'Users',
  description: 'Customers and staff. Customers see their own account; staff with users:read see every account.',
  model: () => User,
  fields: userFields,
  includes: { profile: { resource: () => profiles }, roles: { resource: () => roles, many: true, orderBy: 'name' } },
  scope: visibleUsers,
  transfer: { key: 'email' },
  access: { read: 'signed-in' },
  verbs: ['list', 'read', 'patch', 'delete', 'restore'],
  problems: [beyondOwnPermissions, lastAdministrator],
  example: { firstName: 'Ana' },
});
