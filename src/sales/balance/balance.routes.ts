import { endpoint } from '../../http/endpoint';
import { created, ok } from '../../http/output/reply';
import { apiRouter } from '../../http/routing/api-router';
import { objectSchema } from '../../resource/definition/schemas';
import { listCost } from '../../resource/list/count/list-cost';
import { type ListQuery, listShape } from '../../resource/query/list-query';
import { pageSchema } from '../../resource/query/page-schema';
import { currency, money, positiveMoney } from '../../schema/money';
import { object, oneOf, optional, text, uuid } from '../../schema/schema';
import { secondPersonRequired } from '../problems';
import { balanceEntries } from './balance.resource';
import { creditBalance, listBalanceEntries, readBalance } from './balance.service';

const params = { id: uuid().description('The id of the user.').required() };

export const balanceRouter = apiRouter({
  prefix: balanceEntries.prefix,
  tag: balanceEntries.tag,
  description: balanceEntries.description,
  endpoints: [
    endpoint({
      transaction: 'none',
      method: 'get',
      path: '/:id/balance',
      operationId: 'readBalance',
      summary: 'Read a balance',
      access: 'signed-in',
      params,
      responses: { 200: { description: 'The balance.', schema: () => object({ balance: money(), currency: currency() }) } },
      run: async (ctx, { params: { id } }) => ok(await readBalance(ctx, id)),
    }),
    endpoint({
      transaction: 'none',
      method: 'get',
      path: '/:id/balance/entries',
      operationId: 'listBalanceEntries',
      summary: 'List the ledger of a balance',
      access: 'signed-in',
      params,
      query: listShape(balanceEntries),
      cost: listCost,
      responses: { 200: { description: 'A page of entries.', schema: () => pageSchema(balanceEntries), headers: ['Link'] } },
      run: (ctx, { params: { id }, query }) => listBalanceEntries(ctx, id, query as ListQuery),
    }),
    endpoint({
      transaction: 'managed',
      method: 'post',
      path: '/:id/balance/entries',
      operationId: 'creditBalance',
      summary: 'Credit a balance',
      description: 'Nobody credits their own: that takes a second person.',
      access: 'balance:credit',
      params,
      body: object({ amount: positiveMoney(), kind: oneOf('credit'), note: optional(text(1, 1_000)) }),
      example: { amount: '100.00', kind: 'credit', note: 'Gift card' },
      responses: { 201: { description: 'The ledger entry.', schema: () => objectSchema(balanceEntries), headers: ['Location'] } },
      problems: [secondPersonRequired],
      run: async (tx, { params: { id }, body }) => {
        const entry = await creditBalance(tx, id, body);
        return created(`${balanceEntries.prefix}/${id}/balance/entries`, entry.text);
      },
    }),
  ],
});
