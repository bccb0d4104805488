import { apiRouter } from '../../http/routing/api-router';
import { resourceEndpoints } from '../../resource/resource-endpoints';
import { productGroups } from './product-group.resource';
import { productGroupService } from './product-group.service';

export const productGroupRouter = apiRouter({
  prefix: productGroups.prefix,
  tag: productGroups.tag,
  description: productGroups.description,
  endpoints: resourceEndpoints(productGroupService),
});
