/** The only entry to accounts. */
export { ensureAdministrator, type FirstAdministrator } from './administrators/ensure-administrator';
export { resetAdministrator } from './administrators/reset-administrator';
export { authors } from './authors/author.resource';
export { accountsEvents } from './event-sources';
export { associateAccounts, auditedAccounts, registerAccounts } from './models';
export { isGuessable } from './passwords/guessable-password';
export { accountsQueues } from './queues';
export { hasBuiltInRoles } from './roles/role.service';
export { accountsRouters } from './routes';
export { permissionsOf } from './sessions/actor.queries';
export { authenticate } from './sessions/authenticate';
export { User } from './users/user.model';
export { users } from './users/user.resource';
