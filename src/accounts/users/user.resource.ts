import { defineResource } from '../../resource/definition/resource';
import { beyondOwnPermissions, lastAdministrator } from '../problems';
import { roles } from '../roles/role.resource';
import { Profile } from './profile.model';
import { User } from './user.model';
import { shownProfiles, shownUsers } from './user.policy';
import { profileFields, userFields } from './user.schemas';

/** Profiles: read and changed below their user. */
export const profiles = defineResource({
  name: 'users',
  one: 'profile',
  prefix: '/v1/users',
  tag: 'Users',
  description: 'What users tell of themselves.',
  model: () => Profile,
  fields: profileFields,
  scope: shownProfiles,
});

/** Users: customers and staff. */
export const users = defineResource({
  name: 'users',
  one: 'user',
  prefix: '/v1/users',
  tag: 'Users',
  description: 'Customers and staff. People see themselves; staff sees everybody.',
  model: () => User,
  fields: userFields,
  includes: { profile: { resource: () => profiles }, roles: { resource: () => roles, many: true, orderBy: 'name' } },
  scope: shownUsers,
  access: { read: 'signed-in' },
  verbs: ['list', 'read', 'patch', 'delete', 'restore'],
  problems: [beyondOwnPermissions, lastAdministrator],
  example: { firstName: 'Ana' },
});
