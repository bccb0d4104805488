import { type Endpoint, endpoint } from '../../http/endpoint';
import { etagHeader } from '../../http/output/conditional';
import { created, JsonText } from '../../http/output/reply';
import { forbidden } from '../../problems/common-problems';
import { objectSchema } from '../../resource/definition/schemas';
import { listCost } from '../../resource/list/count/list-cost';
import { type ListQuery, listShape } from '../../resource/query/list-query';
import { pageSchema } from '../../resource/query/page-schema';
import { named, text, uuid } from '../../schema/schema';
import { nothingToReturn, notReturnable, returnExceedsShipped, withdrawalExpired } from '../problems';
import { returns } from './return.resource';
import { newReturnSchema, newWithdrawalSchema } from './return.schemas';
import { listOrderReturns, requestReturn, requestWithdrawal } from './return.service';

const params = { id: uuid().description('The id of the order.').required() };
const TOKEN = 'mGk1Pc0mV5Hq3o2n8kqv1w0hT7f9x2yYbq3nUe4rWzA';
const tokenShape = {
  confirmationToken: text(1, 200).description('Confirms it: POST /v1/returns/{id}/confirm. Shown once.').example(TOKEN),
};

/** The endpoints of an order's returns, below the order. */
export const orderReturnEndpoints: readonly Endpoint[] = [
  endpoint({
    transaction: 'none',
    method: 'get',
    path: '/:id/returns',
    operationId: 'listOrderReturns',
    summary: 'List the returns of an order',
    access: 'guest',
    params,
    query: listShape(returns),
    cost: listCost,
    responses: { 200: { description: 'A page of returns.', schema: () => pageSchema(returns), headers: ['Link'] } },
    run: (ctx, { params: { id }, query }) => listOrderReturns(ctx, id, query as ListQuery),
  }),
  endpoint({
    transaction: 'managed',
    method: 'post',
    path: '/:id/returns',
    operationId: 'requestReturn',
    summary: 'Ask for a return',
    description: 'Customers ask for returns of their own orders; orders:return allows any. The shop accepts or rejects it.',
    access: 'guest',
    params,
    body: newReturnSchema,
    example: { reason: 'Too small.' },
    requiresIdempotencyKey: true,
    responses: { 201: { description: 'The return with its items.', schema: () => objectSchema(returns), headers: ['Location', 'ETag'] } },
    problems: [forbidden, nothingToReturn, returnExceedsShipped],
    run: async (tx, { params: { id }, body }) => {
      const found = await requestReturn(tx, id, body);
      return created(`${returns.prefix}/${found.id}`, found.text, etagHeader(found.tag));
    },
  }),
  endpoint({
    transaction: 'managed',
    method: 'post',
    path: '/:id/withdrawals',
    operationId: 'requestWithdrawal',
    summary: 'Withdraw from the contract: first step',
    description:
      'Shows the statement that the withdrawal will make, and the token that confirms it (Directive 2011/83/EU, Article 11a). Nothing changes until then. The time for it is WITHDRAWAL_DAYS after the delivery of the last piece, or after its shipping where no delivery is known.',
    access: 'guest',
    params,
    body: newWithdrawalSchema,
    example: {},
    repliesWithSecret: true,
    responses: {
      201: {
        description: 'The pending withdrawal with its items and its token.',
        schema: () => named('PendingWithdrawal', objectSchema(returns).keys(tokenShape)),
        headers: ['Location', 'ETag'],
      },
    },
    problems: [forbidden, notReturnable, nothingToReturn, returnExceedsShipped, withdrawalExpired],
    run: async (tx, { params: { id }, body }) => {
      const { confirmationToken, ...found } = await requestWithdrawal(tx, id, body);
      const head = JSON.stringify({ confirmationToken }).slice(0, -1);
      return created(`${returns.prefix}/${found.id}`, new JsonText(`${head},`, found.text.text.slice(1)), etagHeader(found.tag));
    },
  }),
];
