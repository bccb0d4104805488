import { ResourceService } from '../../resource/resource.service';
import { productGroupHooks } from './product-group.hooks';
import { productGroups } from './product-group.resource';

/** Manages product groups. */
export const productGroupService = new ResourceService(productGroups, productGroupHooks);
