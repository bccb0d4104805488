import type { Sequelize } from 'sequelize';
import { Address, associateAddress, registerAddress } from './addresses/address.model';
import { registerLoginSource } from './attempts/login-source.model';
import { associateProfile, Profile, registerProfile } from './profiles/profile.model';
import { associatePermission, Permission, registerPermission } from './roles/permissions/permission.model';
import { associateRole, Role, registerRole } from './roles/role.model';
import { associateRefreshToken, registerRefreshToken } from './sessions/tokens/refresh-token.model';
import { associateUserRole, registerUserRole, UserRole } from './user-roles/user-role.model';
import { associateUser, registerUser, User } from './users/user.model';

/** The audited models of accounts. */
export const auditedAccounts = [User, Profile, Role, Permission, UserRole, Address] as const;

/** Registers the models of accounts. */
export function registerAccounts(sequelize: Sequelize): void {
  for (const register of [
    registerUser,
    registerProfile,
    registerRole,
    registerPermission,
    registerUserRole,
    registerRefreshToken,
    registerLoginSource,
    registerAddress,
  ])
    register(sequelize);
}

/** Associates them, once every domain has registered its own. */
export function associateAccounts(): void {
  for (const associate of [
    associateUser,
    associateProfile,
    associateRole,
    associatePermission,
    associateUserRole,
    associateRefreshToken,
    associateAddress,
  ])
    associate();
}
