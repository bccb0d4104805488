import { Decimal } from 'decimal.js';
import { applySettings } from '../../database/transaction/apply-settings';
import { runForOne } from '../../database/sql/statement';
import type { Ctx, TxContext } from '../../context/context';
import { type Routes, reads, writes } from '../../http/endpoint';
import { currency, money, object, oneOf, optional, positiveMoney, text, uuid } from '../../schema/schema';
import { created, ok, type Reply } from '../../http/output/reply';
import { actorId, holds } from '../../context/permission';
import { notFound } from '../../problems/common-problems';
import { type ListQuery, listShape } from '../../resource/query/list-query';
import { belongingTo, listObjects } from '../../resource/list/list-objects';
import { readObject } from '../../resource/read/read-one';
import { objectSchema, pageSchema } from '../../resource/definition/schemas';
import { balanceEntries } from './balance.resource';
import { credit, holdUser } from './change-balance';

const params = { id: uuid().description('The id of the user.').required() };

export const balanceRoutes: Routes = {
  prefix: balanceEntries.prefix,
  tag: balanceEntries.tag,
  about: balanceEntries.about,
  endpoints: [
    reads({
      method: 'get',
      path: '/:id/balance',
      id: 'readBalance',
      summary: 'Read a balance',
      access: 'signed-in',
      params,
      answers: { 200: { about: 'The balance.', schema: () => object({ balance: money(), currency: currency() }) } },
      run: (ctx, { params: { id } }) => balance(ctx, id),
    }),
    reads({
      method: 'get',
      path: '/:id/balance/entries',
      id: 'listBalanceEntries',
      summary: 'List the entries of a balance',
      access: 'signed-in',
      params,
      query: listShape(balanceEntries),
      answers: {
        200: {
          about: 'A page of them.',
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
    writes({
      method: 'post',
      path: '/:id/balance/entries',
      id: 'creditBalance',
      summary: 'Credit a customer',
      access: 'balance:credit',
      params,
      body: object({ amount: positiveMoney(), kind: oneOf('credit'), note: optional(text(1, 1_000)) }),
      example: { amount: '100.00', kind: 'credit', note: 'Gift card' },
      answers: { 201: { about: 'The entry.', schema: () => objectSchema(balanceEntries), headers: ['Location'] } },
      run: (tx, { params: { id }, body }) => creditUser(tx, id, body),
    }),
  ],
};

async function balance(ctx: Ctx, userId: string): Promise<Reply> {
  const isTheirs = userId === actorId(ctx.actor) || holds(ctx.actor, 'balance:read');
  const text = 'SELECT balance::text AS balance, currency FROM users WHERE id = $1::uuid AND deleted_at IS NULL';
  const row = isTheirs ? await runForOne(ctx, { text, values: [userId] }) : null;
  if (!row) throw notFound.because('There is no such user, or it is not yours to see.');
  return ok(row);
}

async function creditUser(tx: TxContext, userId: string, body: { amount: string; note?: string }): Promise<Reply> {
  await holdUser(tx, userId);
  await applySettings(tx, { 'app.balance_kind': 'credit', 'app.ledger_note': body.note ?? '' });
  await credit(tx, userId, new Decimal(body.amount));
  const latest = await runForOne<{ id: string }>(tx, {
    text: 'SELECT id FROM balance_entries WHERE user_id = $1::uuid ORDER BY created_at DESC, id DESC LIMIT 1',
    values: [userId],
  });
  const entry = await readObject(tx, balanceEntries, String(latest?.id));
  return created(`${balanceEntries.prefix}/${userId}/balance/entries`, entry.text);
}
