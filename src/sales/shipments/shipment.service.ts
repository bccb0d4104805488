import type { Ctx } from '../../context/context';
import type { Reply } from '../../http/output/reply';
import { belongingTo } from '../../resource/list/list-objects';
import type { ListQuery } from '../../resource/query/list-query';
import { readObject } from '../../resource/read/read-one';
import { ResourceService } from '../../resource/resource.service';
import { orders } from '../orders/order.resource';
import { shipments } from './shipment.resource';

export { createShipment } from './create-shipment';

/** Lists, reads and tracks shipments; `createShipment` writes them. */
export const shipmentService = new ResourceService(shipments);

/** Returns a page of an order's shipments; throws `not_found` (404). */
export async function listOrderShipments(ctx: Ctx, orderId: string, query: ListQuery): Promise<Reply> {
  await readObject(ctx, orders, orderId, { fields: ['id'], include: [] });
  return shipmentService.list(ctx, query, `${orders.prefix}/${orderId}/shipments`, [belongingTo('order_id', orderId)]);
}
