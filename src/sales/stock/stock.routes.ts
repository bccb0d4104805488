import { type Routes, writes } from '../../http/endpoint';
import { integer, object, oneOf, optional, text, uuid } from '../../schema/schema';
import { ok } from '../../http/output/reply';
import { notFound } from '../../problems/common-problems';
import { resourceEndpoints } from '../../resource/resource-endpoints';
import { objectSchema } from '../../resource/definition/schemas';
import { insufficientStock } from '../problems';
import { adjustStock } from './adjust-stock';
import { stockMovements } from './stock.resource';

export const stockRoutes: Routes = {
  prefix: stockMovements.prefix,
  tag: stockMovements.tag,
  about: stockMovements.about,
  endpoints: [
    ...resourceEndpoints(stockMovements),
    writes({
      method: 'post',
      path: '/',
      id: 'moveStock',
      summary: 'Move stock in or out',
      access: 'stock:write',
      body: object({
        productId: uuid().description('The product.'),
        delta: integer(-1_000_000_000, 1_000_000_000).invalid(0).description('How many come in; negative, how many go out.'),
        reason: oneOf('restock', 'adjustment').description('Why.'),
        note: optional(text(1, 1_000).description('A remark.')),
      }),
      example: { productId: '00c2bf9d-1c00-7107-8000-000000000001', delta: 24, reason: 'restock' },
      answers: { 200: { about: 'The movement.', schema: () => objectSchema(stockMovements) } },
      problems: [insufficientStock, notFound],
      run: async (tx, { body }) => ok(await adjustStock(tx, body)),
    }),
  ],
};
