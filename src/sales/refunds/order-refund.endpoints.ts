import { type Endpoint, endpoint } from '../../http/endpoint';
import { etagHeader } from '../../http/output/conditional';
import { created } from '../../http/output/reply';
import { objectSchema } from '../../resource/definition/schemas';
import { type ListQuery, listShape } from '../../resource/query/list-query';
import { pageSchema } from '../../resource/query/page-schema';
import { object, optional, positiveMoney, text, uuid } from '../../schema/schema';
import { notRefundable, refundExceedsTotal, restockExceedsSold } from '../problems';
import { refunds, restockSchema } from './refund.resource';
import { listOrderRefunds, refundOrder } from './refund.service';

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
    responses: { 200: { description: 'A page of refunds.', schema: () => pageSchema(refunds), headers: ['Link'] } },
    run: (ctx, { params: { id }, query }) => listOrderRefunds(ctx, id, query as ListQuery),
  }),
  endpoint({
    transaction: 'managed',
    method: 'post',
    path: '/:id/refunds',
    operationId: 'refundOrder',
    summary: 'Refund an order, in part or in full',
    access: 'orders:refund',
    params,
    body: object({
      amount: positiveMoney().description('The amount; at most what is left of the total.'),
      reason: optional(text(1, 1_000)),
      restock: optional(restockSchema.description('The goods that go back to stock.')),
    }),
    example: { amount: '18.00', reason: 'Arrived broken.' },
    conditionalHeaders: ['If-Match'],
    responses: { 201: { description: 'The refund.', schema: () => objectSchema(refunds), headers: ['Location', 'ETag'] } },
    problems: [notRefundable, refundExceedsTotal, restockExceedsSold],
    run: async (tx, { params: { id }, body, conditions }) => {
      const refund = await refundOrder(tx, id, body, conditions);
      return created(`${refunds.prefix}/${refund.id}`, refund.text, etagHeader(refund.tag));
    },
  }),
];
