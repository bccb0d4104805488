import type { Sequelize } from 'sequelize';
import { Permission, registerPermission } from './roles/permission.model';
import { Role, registerRole } from './roles/role.model';
import { RefreshToken, registerRefreshToken } from './sessions/refresh-token.model';
import { registerUserRole, UserRole } from './user-roles/user-role.model';
import { Profile, registerProfile } from './users/profile.model';
import { registerUser, User } from './users/user.model';

/** The audited models of accounts. */
export const auditedAccounts = [User, Profile, Role, Permission, UserRole] as const;

/** Registers the tables of accounts. */
export function registerAccounts(sequelize: Sequelize): void {
  for (const register of [registerUser, registerProfile, registerRole, registerPermission, registerUserRole, registerRefreshToken])
    register(sequelize);
}

/** Ties them together, once every domain has registered its own. */
export function associateAccounts(): void {
  User.hasOne(Profile, { as: 'profile', foreignKey: 'userId' });
  Profile.belongsTo(User, { as: 'user', foreignKey: 'userId' });
  User.belongsToMany(Role, { as: 'roles', through: UserRole, foreignKey: 'userId', otherKey: 'roleId' });
  Role.belongsToMany(User, { as: 'users', through: UserRole, foreignKey: 'roleId', otherKey: 'userId' });
  UserRole.belongsTo(Role, { as: 'role', foreignKey: 'roleId' });
  Role.hasMany(Permission, { as: 'permissions', foreignKey: 'roleId' });
  User.hasMany(RefreshToken, { as: 'refreshTokens', foreignKey: 'userId' });
}
