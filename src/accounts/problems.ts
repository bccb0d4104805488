import { problemType } from '../problems/problem';

export const invalidCredentials = problemType('invalid_credentials', 401, 'Invalid email or password');
export const invalidRefreshToken = problemType('invalid_refresh_token', 401, 'Invalid refresh token');
export const tooManyAttempts = problemType('too_many_attempts', 429, 'Too many attempts');
export const wrongPassword = problemType('wrong_password', 409, 'Wrong current password');
export const lastAdministrator = problemType('last_administrator', 409, 'Last administrator');
export const beyondOwnPermissions = problemType('beyond_own_permissions', 403, 'Missing permissions');
export const builtInRole = problemType('built_in_role', 409, 'Built-in role');
