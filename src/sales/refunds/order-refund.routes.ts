import { type Endpoint, endpoint } from '../../http/endpoint';
import { created } from '../../http/output/reply';
import { objectSchema, pageSchema } from '../../resource/definition/schemas';
import { belongingTo, listObjects } from '../../resource/list/list-objects';
import { type ListQuery, listShape } from '../../resource/query/list-query';
import { readObject, tagOf } from '../../resource/read/read-one';
import { object, optional, positiveMoney, text, uuid } from '../../schema/schema';
import { orders } from '../orders/order.resource';
import { notRefundable, refundExceedsTotal, restockExceedsSold } from '../problems';
import { refunds, restockSchema } from './refund.resource';
import { refundOrder } from './refund-order';

const params = { id: uuid().description('The id of the order.').required() };

/** The endpoints of an order's refunds, below the order. */
export const orderRefundEndpoints: readonly Endpoint[] = [
  endpoint({
    transaction: 'none',
    method: 'get',
    path: '/:id/refunds',
    operationId: 'listOrderRefunds',
    summary: 'List the refunds of an order',
    access: 'signed-in',
    params,
    query: listShape(refunds),
    responses: {
      200: { description: 'A page of them.', schema: () => pageSchema(refunds), headers: ['Link'] },
    },
    run: async (ctx, { params: { id }, query }) => {
      await readObject(ctx, orders, id, { fields: ['id'], include: [] });
      return listObjects(ctx, refunds, query as ListQuery, `${orders.prefix}/${id}/refunds`, [belongingTo('order_id', id)]);
    },
  }),
  endpoint({
    transaction: 'managed',
    method: 'post',
    path: '/:id/refunds',
    operationId: 'refundOrder',
    summary: 'Refund a part of an order, or all of it',
    access: 'orders:refund',
    params,
    body: object({
      amount: positiveMoney().description('How much; never more than is left.'),
      reason: optional(text(1, 1_000)),
      restock: optional(restockSchema.description('What comes back to stock.')),
    }),
    example: { amount: '18.00', reason: 'Arrived broken.' },
    conditionalHeaders: ['If-Match'],
    responses: { 201: { description: 'The refund.', schema: () => objectSchema(refunds), headers: ['Location', 'ETag'] } },
    problems: [notRefundable, refundExceedsTotal, restockExceedsSold],
    run: async (tx, { params: { id }, body, conditions }) => {
      const refundId = await refundOrder(tx, id, body, conditions);
      const found = await readObject(tx, refunds, refundId);
      return created(`${refunds.prefix}/${refundId}`, found.text, tagOf(refunds, found));
    },
  }),
];
