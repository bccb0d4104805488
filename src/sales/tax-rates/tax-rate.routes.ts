import { apiRouter } from '../../http/routing/api-router';
import { resourceEndpoints } from '../../resource/resource-endpoints';
import { taxRates } from './tax-rate.resource';
import { taxRateService } from './tax-rate.service';

export const taxRateRouter = apiRouter({
  prefix: taxRates.prefix,
  tag: taxRates.tag,
  description: taxRates.description,
  endpoints: resourceEndpoints(taxRateService),
});
