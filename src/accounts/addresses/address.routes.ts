import { apiRouter } from '../../http/routing/api-router';
import { resourceEndpoints } from '../../resource/resource-endpoints';
import { addresses } from './address.resource';
import { addressService } from './address.service';

export const addressRouter = apiRouter({
  prefix: addresses.prefix,
  tag: addresses.tag,
  description: addresses.description,
  endpoints: resourceEndpoints(addressService),
});
