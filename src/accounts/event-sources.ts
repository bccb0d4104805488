import type { EventSource } from '../events/definition/event-source';
import { eventSourceOf, eventSourceOfRows } from '../resource/definition/event-source';
import { field } from '../resource/definition/field';
import { addresses } from './addresses/address.resource';
import { Profile } from './profiles/profile.model';
import { profileFields } from './profiles/profile.schemas';
import { Permission } from './roles/permissions/permission.model';
import { roles } from './roles/role.resource';
import { permissionFields } from './roles/role.schemas';
import { UserRole } from './user-roles/user-role.model';
import { users } from './users/user.resource';

const userRoleFields = {
  id: field.id(),
  userId: field.uuid({ description: 'The user.' }),
  roleId: field.uuid({ description: 'The role.' }),
  assignedBy: field.uuid({ nullable: true, description: 'The user who assigned it.' }),
  assignedAt: field.timestamp({ description: 'When it was assigned.' }),
  expiresAt: field.timestamp({ nullable: true, description: 'When it expires.' }),
  isActive: field.flag({ description: 'Whether it gives its permissions.' }),
};
const rolePermissionFields = { roleId: field.uuid({ description: 'The role.' }), ...permissionFields };

/** The events of users, and of what belongs to them and to roles. */
export const accountsEvents: readonly EventSource[] = [
  eventSourceOf(users),
  eventSourceOfRows({ type: 'profiles', permission: 'users:read', model: () => Profile, fields: profileFields }),
  eventSourceOfRows({ type: 'user-roles', permission: 'users:read', model: () => UserRole, fields: userRoleFields }),
  eventSourceOf(roles),
  eventSourceOfRows({ type: 'permissions', permission: 'roles:read', model: () => Permission, fields: rolePermissionFields }),
  eventSourceOf(addresses),
];
