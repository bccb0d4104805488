import { ResourceService } from '../../resource/resource.service';
import { userHooks } from './user.hooks';
import { users } from './user.resource';

export { changePassword } from './change-password';
export { registerCustomer } from './register-user';

/** Manages users. */
export const userService = new ResourceService(users, userHooks);
