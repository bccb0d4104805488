import type { Ctx } from '../../context/context';
import type { Reply } from '../../http/output/reply';
import { belongingTo } from '../../resource/list/list-objects';
import type { ListQuery } from '../../resource/query/list-query';
import { readObject } from '../../resource/read/read-one';
import { ResourceService } from '../../resource/resource.service';
import { orders } from '../orders/order.resource';
import { refunds } from './refund.resource';

export { rowsOfRefund } from '../orders/transitions/rows-of-order.queries';
export { refundOrder } from './refund-order';

/** Lists and reads refunds; `refundOrder` writes them. */
export const refundService = new ResourceService(refunds);

/** Returns a page of an order's refunds; throws `not_found` (404). */
export async function listOrderRefunds(ctx: Ctx, orderId: string, query: ListQuery): Promise<Reply> {
  await readObject(ctx, orders, orderId, { fields: ['id'], include: [] });
  return refundService.list(ctx, query, `${orders.prefix}/${orderId}/refunds`, [belongingTo('order_id', orderId)]);
}
