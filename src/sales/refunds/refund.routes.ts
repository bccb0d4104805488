import type { Routes } from '../../http/endpoint';
import { resourceEndpoints } from '../../resource/resource-endpoints';
import { refunds } from './refund.resource';

export const refundRoutes: Routes = {
  prefix: refunds.prefix,
  tag: refunds.tag,
  about: refunds.about,
  endpoints: resourceEndpoints(refunds),
};
