import { problemType } from '../http/problems/problem';

export const invalidCredentials = problemType('invalid_credentials', 401, 'Email or password is wrong');
export const invalidRefreshToken = problemType('invalid_refresh_token', 401, 'The refresh token is no good');
export const wrongPassword = problemType('wrong_password', 409, 'The current password is wrong');
export const lastAdministrator = problemType('last_administrator', 409, 'The shop would be left without an administrator');
export const beyondOwnPermissions = problemType('beyond_own_permissions', 403, 'Nobody grants what they do not hold');
