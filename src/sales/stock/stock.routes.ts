import { endpoint } from '../../http/endpoint';
import { ok } from '../../http/output/reply';
import { apiRouter } from '../../http/routing/api-router';
import { notFound } from '../../problems/common-problems';
import { objectSchema } from '../../resource/definition/schemas';
import { resourceEndpoints } from '../../resource/resource-endpoints';
import { integer, object, oneOf, optional, text, uuid } from '../../schema/schema';
import { insufficientStock } from '../problems';
import { stockMovements } from './stock.resource';
import { adjustStock, stockService } from './stock.service';

export const stockRouter = apiRouter({
  prefix: stockMovements.prefix,
  tag: stockMovements.tag,
  description: stockMovements.description,
  endpoints: [
    ...resourceEndpoints(stockService),
    endpoint({
      transaction: 'managed',
      method: 'post',
      path: '/',
      operationId: 'adjustStock',
      summary: 'Adjust stock',
      access: 'stock:write',
      body: object({
        productId: uuid().description('The product.'),
        delta: integer(-1_000_000_000, 1_000_000_000).invalid(0).description('The quantity that comes in; negative when it goes out.'),
        reason: oneOf('restock', 'adjustment').description('The reason.'),
        note: optional(text(1, 1_000).description('A note.')),
      }),
      example: { productId: '00c2bf9d-1c00-7107-8000-000000000001', delta: 24, reason: 'restock' },
      responses: { 200: { description: 'The movement.', schema: () => objectSchema(stockMovements) } },
      problems: [insufficientStock, notFound],
      run: async (tx, { body }) => ok((await adjustStock(tx, body)).text),
    }),
  ],
});
