import { problemType } from '../problems/problem';

export const invalidCredentials = problemType('invalid_credentials', 401, 'Email or password is wrong');
export const invalidRefreshToken = problemType('invalid_refresh_token', 401, 'The refresh token is no good');
export const wrongPassword = problemType('wrong_password', 409, 'The current password is wrong');
export const lastAdministrator = problemType('last_administrator', 409, 'The shop would be left without an administrator');
export const beyondOwnPermissions = problemType('beyond_own_permissions', 403, 'Nobody gives, takes or changes what they do not hold');
export const builtInRole = problemType('built_in_role', 409, 'A built-in role is neither renamed nor deleted');
