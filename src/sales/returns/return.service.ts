import type { Ctx } from '../../context/context';
import type { Reply } from '../../http/output/reply';
import { belongingTo } from '../../resource/list/list-objects';
import type { ListQuery } from '../../resource/query/list-query';
import { readObject } from '../../resource/read/read-one';
import { ResourceService } from '../../resource/resource.service';
import { orders } from '../orders/order.resource';
import { returns } from './return.resource';

export { acceptReturn, closeReturn, receiveReturn, rejectReturn } from './handling/move-return';
export { requestReturn } from './request-return';
export { rowsOfReturn } from './return-pieces.queries';
export { confirmWithdrawal } from './withdrawals/confirm-withdrawal';
export { requestWithdrawal } from './withdrawals/request-withdrawal';

/** Lists and reads returns; the functions exported above write them. */
export const returnService = new ResourceService(returns);

/** Returns a page of an order's returns; throws `not_found` (404). */
export async function listOrderReturns(ctx: Ctx, orderId: string, query: ListQuery): Promise<Reply> {
  await readObject(ctx, orders, orderId, { fields: ['id'], include: [] });
  return returnService.list(ctx, query, `${orders.prefix}/${orderId}/returns`, [belongingTo('order_id', orderId)]);
}
