import type { TxContext } from '../../context/context';
import { type Conditions, type Endpoint, endpoint } from '../../http/endpoint';
import { apiRouter } from '../../http/routing/api-router';
import { forbidden } from '../../problems/common-problems';
import { objectSchema } from '../../resource/definition/schemas';
import { type Found, replyWith } from '../../resource/read/read-one';
import { resourceEndpoints } from '../../resource/resource-endpoints';
import { uuid } from '../../schema/schema';
import {
  balanceLimitExceeded,
  invalidTransition,
  notReturnable,
  restockExceedsSold,
  returnExceedsShipped,
  withdrawalExpired,
} from '../problems';
import { returns } from './return.resource';
import { confirmationSchema, receiptOfGoodsSchema } from './return.schemas';
import { acceptReturn, closeReturn, confirmWithdrawal, receiveReturn, rejectReturn, returnService, rowsOfReturn } from './return.service';

const params = { id: uuid().description('The id of the return.').required() };
const responses = {
  200: { description: 'The return.', schema: () => objectSchema(returns), headers: ['ETag'] },
} satisfies Endpoint['responses'];

export const returnRouter = apiRouter({
  prefix: returns.prefix,
  tag: returns.tag,
  description: returns.description,
  endpoints: [
    ...resourceEndpoints(returnService),
    endpoint({
      transaction: 'managed',
      method: 'post',
      path: '/:id/confirm',
      operationId: 'confirmWithdrawal',
      summary: 'Withdraw from the contract: confirmation',
      description:
        'The second step. The answer has the receipt, which is kept and never changes; a repeated confirmation answers the same. What is not shipped is refunded at once; an order of which nothing was shipped is cancelled.',
      access: 'guest',
      params,
      body: confirmationSchema,
      example: { token: 'mGk1Pc0mV5Hq3o2n8kqv1w0hT7f9x2yYbq3nUe4rWzA' },
      responses: {
        200: { description: 'The withdrawal with its receipt and its items.', schema: () => objectSchema(returns), headers: ['ETag'] },
      },
      problems: [forbidden, invalidTransition, notReturnable, returnExceedsShipped, withdrawalExpired, balanceLimitExceeded],
      rows: (ctx, { params: { id } }) => rowsOfReturn(ctx, id),
      run: async (tx, { params: { id }, body }) => replyWith(await confirmWithdrawal(tx, id, body.token)),
    }),
    transition('accept', 'Accept a return', acceptReturn),
    transition('reject', 'Reject a return', rejectReturn, 'Its pieces can be returned again. `X-Reason` is kept in its history.'),
    endpoint({
      transaction: 'managed',
      method: 'post',
      path: '/:id/receive',
      operationId: 'receiveReturn',
      summary: 'Record that the goods of a return came in',
      description: 'With "restock" they go back to stock. The money goes back by POST /v1/orders/{id}/refunds with "returnId".',
      access: 'orders:return',
      params,
      body: receiptOfGoodsSchema,
      example: { restock: true },
      conditionalHeaders: ['If-Match'],
      responses,
      problems: [invalidTransition, restockExceedsSold],
      rows: (ctx, { params: { id } }) => rowsOfReturn(ctx, id),
      run: async (tx, { params: { id }, body, conditions }) => replyWith(await receiveReturn(tx, id, body.restock, conditions)),
    }),
    transition('close', 'Close a return', closeReturn),
  ],
});

type Move = (tx: TxContext, id: string, conditions: Conditions) => Promise<Found>;

function transition(verb: 'accept' | 'reject' | 'close', summary: string, move: Move, description?: string): Endpoint {
  return endpoint({
    transaction: 'managed',
    method: 'post',
    path: `/:id/${verb}`,
    operationId: `${verb}Return`,
    summary,
    ...(description !== undefined && { description }),
    access: 'orders:return',
    params,
    conditionalHeaders: ['If-Match'],
    responses,
    problems: [invalidTransition],
    rows: (ctx, { params: { id } }) => rowsOfReturn(ctx, id),
    run: async (tx, { params: { id }, conditions }) => replyWith(await move(tx, id, conditions)),
  });
}
