import { apiRouter } from '../../http/routing/api-router';
import { resourceEndpoints } from '../../resource/resource-endpoints';
import { shippingMethods } from './shipping-method.resource';
import { shippingMethodService } from './shipping-method.service';

export const shippingMethodRouter = apiRouter({
  prefix: shippingMethods.prefix,
  tag: shippingMethods.tag,
  description: shippingMethods.description,
  endpoints: resourceEndpoints(shippingMethodService),
});
