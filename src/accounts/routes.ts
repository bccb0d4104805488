import type { Routes } from '../http/endpoint';
import { roleRoutes } from './roles/role.routes';
import { authRoutes } from './sessions/session.routes';
import { meRoutes } from './users/me.routes';
import { userRoutes } from './users/user.routes';

/** The endpoints of accounts, in the order of the docs. */
export const accountsRoutes: readonly Routes[] = [authRoutes, meRoutes, userRoutes, roleRoutes];
