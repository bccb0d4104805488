/** The only door to accounts. */
export { ensureAdministrator } from './ensure-administrator';
export { associateAccounts, auditedAccounts, registerAccounts } from './models';
export { roleRoutes } from './roles/role.routes';
export { authenticate } from './sessions/authenticate';
export { authRoutes } from './sessions/session.routes';
export { meRoutes } from './users/me.routes';
export { User } from './users/user.model';
export { shownUsers } from './users/user.policy';
export { users } from './users/user.resource';
export { userRoutes } from './users/user.routes';
