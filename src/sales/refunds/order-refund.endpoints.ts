import { type Endpoint, endpoint } from '../../http/endpoint';
import { etagHeader } from '../../http/output/conditional';
import { created } from '../../http/output/reply';
import { objectSchema } from '../../resource/definition/schemas';
import { listCost } from '../../resource/list/count/list-cost';
import { type ListQuery, listShape } from '../../resource/query/list-query';
import { pageSchema } from '../../resource/query/page-schema';
import { money } from '../../schema/money';
import { flag, object, optional, text, uuid } from '../../schema/schema';
import { lineQuantities } from '../orders/pieces/line-quantity.schemas';
import {
  alreadyRefunded,
  balanceLimitExceeded,
  notRefundable,
  refundExceedsTotal,
  restockExceedsSold,
  secondPersonRequired,
} from '../problems';
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
      'By an amount, by pieces or by a return; what pieces cost is computed from their line, so that all pieces of a line cost what it did. A wholly refunded order becomes refunded, whatever its status was. Goods come back by "restock", with an amount of 0.00 also those of a free or refunded order. Nobody refunds their own orders: that takes a second person.',
    access: 'orders:refund',
    params,
    body: object({
      amount: optional(money().description('The amount; at most what is left of the total. 0.00 takes goods back only.')),
      items: optional(lineQuantities.description('The pieces that are paid back, in the place of an amount; no piece is refunded twice.')),
      returnId: optional(uuid().description('The return whose pieces are paid back, in the place of an amount.')),
      includeShipping: optional(flag().description('Whether the shipping is paid back with them, once; alone, it alone.')),
      restockItems: optional(flag().description('Whether the pieces of `items` or `returnId` go back to stock.')),
      reason: optional(text(1, 1_000)),
      restock: optional(restockSchema.description('The goods that go back to stock.')),
    }),
    example: { amount: '18.00', reason: 'Arrived broken.' },
    conditionalHeaders: ['If-Match'],
    requiresIdempotencyKey: true,
    responses: { 201: { description: 'The refund.', schema: () => objectSchema(refunds), headers: ['Location', 'ETag'] } },
    problems: [secondPersonRequired, notRefundable, refundExceedsTotal, alreadyRefunded, restockExceedsSold, balanceLimitExceeded],
    rows: (ctx, { params: { id }, body }) => rowsOfRefund(ctx, id, body),
    run: async (tx, { params: { id }, body, conditions }) => {
      const refund = await refundOrder(tx, id, body, conditions);
      return created(`${refunds.prefix}/${refund.id}`, refund.text, etagHeader(refund.tag));
    },
  }),
];
