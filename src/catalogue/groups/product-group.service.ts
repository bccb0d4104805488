import { ResourceService } from '../../resource/resource.service';
import { productGroupHooks } from './product-group.hooks';
import { productGroups } from './product-group.resource';

export { createGroup } from './creation/create-group';
export { renameOption } from './options/rename-option';

/** Manages product groups. */
export const productGroupService = new ResourceService(productGroups, productGroupHooks);
