import { apiRouter } from '../../http/routing/api-router';
import { resourceEndpoints } from '../../resource/resource-endpoints';
import { shipments } from './shipment.resource';
import { shipmentService } from './shipment.service';

export const shipmentRouter = apiRouter({
  prefix: shipments.prefix,
  tag: shipments.tag,
  description: shipments.description,
  endpoints: resourceEndpoints(shipmentService),
});
