import type { ApiRouter } from '../http/routing/api-router';
import { addressRouter } from './addresses/address.routes';
import { meRouter } from './me/me.routes';
import { roleRouter } from './roles/role.routes';
import { authRouter } from './sessions/auth.routes';
import { userRouter } from './users/user.routes';

/** The endpoints of accounts, in the order of the docs. */
export const accountsRouters: readonly ApiRouter[] = [authRouter, meRouter, userRouter, roleRouter, addressRouter];
