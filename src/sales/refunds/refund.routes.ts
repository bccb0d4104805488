import { apiRouter } from '../../http/routing/api-router';
import { resourceEndpoints } from '../../resource/resource-endpoints';
import { refunds } from './refund.resource';
import { refundService } from './refund.service';

export const refundRouter = apiRouter({
  prefix: refunds.prefix,
  tag: refunds.tag,
  description: refunds.description,
  endpoints: resourceEndpoints(refundService),
});
