import { type Endpoint, endpoint } from '../../http/endpoint';
import { etagHeader } from '../../http/output/conditional';
import { created } from '../../http/output/reply';
import { objectSchema } from '../../resource/definition/schemas';
import { listCost } from '../../resource/list/count/list-cost';
import { type ListQuery, listShape } from '../../resource/query/list-query';
import { pageSchema } from '../../resource/query/page-schema';
import { money } from '../../schema/money';
import { object, optional, text, uuid } from '../../schema/schema';
import { balanceLimitExceeded, notRefundable, refundExceedsTotal, restockExceedsSold, secondPersonRequired } from '../problems';
import { refunds, restockSchema } from './refund.resource';
import { listOrderRefunds, refundOrder, rowsOfRefund } from './refund.service';

const params = { id: uuid().description('The id of the order.').required() };

/** The endpoints of an order's refunds, below the order. */
export const orderRefundEndpoints: readonly Endpoint[] = [
  endpoint({
    transaction: 'none',
    method: 'get',
    path: '/:id/refunds',
    operationId: 'listOrderRefunds',
    summary: 'List the refunds of an order',
    access: 'guest',
    params,
    query: listShape(refunds),
    cost: listCost,
    responses: { 200: { description: 'A page of refunds.', schema: () => pageSchema(refunds), headers: ['Link'] } },
    run: (ctx, { params: { id }, query }) => listOrderRefunds(ctx, id, query as ListQuery),
  }),
  endpoint({
    transaction: 'managed',
    method: 'post',
    path: '/:id/refunds',
    operationId: 'refundOrder',
    summary: 'Refund an order, in part or in full',
    description:
      'A wholly refunded order becomes refunded, whatever its status was. Goods come back by "restock", with an amount of 0.00 also those of a free or refunded order. Nobody refunds their own orders: that takes a second person.',
    access: 'orders:refund',
    params,
    body: object({
      amount: money().description('The amount; at most what is left of the total. 0.00 takes goods back only.'),
      reason: optional(text(1, 1_000)),
      restock: optional(restockSchema.description('The goods that go back to stock.')),
    }),
    example: { amount: '18.00', reason: 'Arrived broken.' },
    conditionalHeaders: ['If-Match'],
    requiresIdempotencyKey: true,
    responses: { 201: { description: 'The refund.', schema: () => objectSchema(refunds), headers: ['Location', 'ETag'] } },
    problems: [secondPersonRequired, notRefundable, refundExceedsTotal, restockExceedsSold, balanceLimitExceeded],
    rows: (ctx, { params: { id }, body }) => rowsOfRefund(ctx, id, body.restock ?? []),
    run: async (tx, { params: { id }, body, conditions }) => {
      const refund = await refundOrder(tx, id, body, conditions);
      return created(`${refunds.prefix}/${refund.id}`, refund.text, etagHeader(refund.tag));
    },
  }),
];
