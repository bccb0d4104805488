import { ResourceService } from '../../resource/resource.service';
import { userHooks } from './user.hooks';
import { users } from './user.resource';

/** Manages users. */
export const userService = new ResourceService(users, userHooks);
