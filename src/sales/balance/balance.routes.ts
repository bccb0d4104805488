import { Decimal } from 'decimal.js';
import type { Ctx, TxContext } from '../../context/context';
import { actorId, holds } from '../../context/permission';
import { queryOne } from '../../database/sql/statement';
import { applySettings } from '../../database/transaction/apply-settings';
import { endpoint } from '../../http/endpoint';
import { created, ok, type Reply } from '../../http/output/reply';
import { apiRouter } from '../../http/routing/api-router';
import { notFound } from '../../problems/common-problems';
import { objectSchema, pageSchema } from '../../resource/definition/schemas';
import { belongingTo, listObjects } from '../../resource/list/list-objects';
import { type ListQuery, listShape } from '../../resource/query/list-query';
import { readObject } from '../../resource/read/read-one';
import { currency, money, object, oneOf, optional, positiveMoney, text, uuid } from '../../schema/schema';
import { balanceEntries } from './balance.resource';
import { credit, holdUser } from './change-balance';

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
      run: (ctx, { params: { id } }) => balance(ctx, id),
    }),
    endpoint({
      transaction: 'none',
      method: 'get',
      path: '/:id/balance/entries',
      operationId: 'listBalanceEntries',
      summary: 'List the entries of a balance',
      access: 'signed-in',
      params,
      query: listShape(balanceEntries),
      responses: {
        200: {
          description: 'A page of them.',
          schema: () => pageSchema(balanceEntries),
          headers: ['Link'],
        },
      },
      run: async (ctx, { params: { id }, query }) => {
        await balance(ctx, id);
        return listObjects(ctx, balanceEntries, query as ListQuery, `${balanceEntries.prefix}/${id}/balance/entries`, [
          belongingTo('user_id', id),
        ]);
      },
    }),
    endpoint({
      transaction: 'managed',
      method: 'post',
      path: '/:id/balance/entries',
      operationId: 'creditBalance',
      summary: 'Credit a customer',
      access: 'balance:credit',
      params,
      body: object({ amount: positiveMoney(), kind: oneOf('credit'), note: optional(text(1, 1_000)) }),
      example: { amount: '100.00', kind: 'credit', note: 'Gift card' },
      responses: { 201: { description: 'The entry.', schema: () => objectSchema(balanceEntries), headers: ['Location'] } },
      run: (tx, { params: { id }, body }) => creditUser(tx, id, body),
    }),
  ],
});

async function balance(ctx: Ctx, userId: string): Promise<Reply> {
  const isTheirs = userId === actorId(ctx.actor) || holds(ctx.actor, 'balance:read');
  const text = 'SELECT balance::text AS balance, currency FROM users WHERE id = $1::uuid AND deleted_at IS NULL';
  const row = isTheirs ? await queryOne(ctx, { text, values: [userId] }) : null;
  if (!row) throw notFound.because('There is no such user, or it is not yours to see.');
  return ok(row);
}

async function creditUser(tx: TxContext, userId: string, body: { amount: string; note?: string }): Promise<Reply> {
  await holdUser(tx, userId);
  await applySettings(tx, { 'app.balance_kind': 'credit', 'app.ledger_note': body.note ?? '' });
  await credit(tx, userId, new Decimal(body.amount));
  const latest = await queryOne<{ id: string }>(tx, {
    text: 'SELECT id FROM balance_entries WHERE user_id = $1::uuid ORDER BY created_at DESC, id DESC LIMIT 1',
    values: [userId],
  });
  const entry = await readObject(tx, balanceEntries, String(latest?.id));
  return created(`${balanceEntries.prefix}/${userId}/balance/entries`, entry.text);
}
