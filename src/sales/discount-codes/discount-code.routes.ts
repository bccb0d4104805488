import { apiRouter } from '../../http/routing/api-router';
import { resourceEndpoints } from '../../resource/resource-endpoints';
import { discountCodes } from './discount-code.resource';
import { discountCodeService } from './discount-code.service';

export const discountCodeRouter = apiRouter({
  prefix: discountCodes.prefix,
  tag: discountCodes.tag,
  description: discountCodes.description,
  endpoints: resourceEndpoints(discountCodeService),
});
