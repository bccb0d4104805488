import { MAX_STOCK, products } from '../../catalogue';
import { endpoint } from '../../http/endpoint';
import { ok } from '../../http/output/reply';
import { apiRouter } from '../../http/routing/api-router';
import { notFound } from '../../problems/common-problems';
import { objectSchema } from '../../resource/definition/schemas';
import { resourceEndpoints } from '../../resource/resource-endpoints';
import { integer, nullable, object, oneOf, optional, text, uuid } from '../../schema/schema';
import { insufficientStock, stockChanged } from '../problems';
import { stockMovements } from './stock.resource';
import { adjustStock, setStock, stockService } from './stock.service';

const reason = oneOf('restock', 'adjustment').description('The reason.');
const note = optional(text(1, 1_000).description('A note.'));

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
        delta: integer(-MAX_STOCK, MAX_STOCK).invalid(0).description('The quantity that comes in; negative when it goes out.'),
        reason,
        note,
      }),
      example: { productId: '00c2bf9d-1c00-7107-8000-000000000001', delta: 24, reason: 'restock' },
      responses: { 200: { description: 'The movement.', schema: () => objectSchema(stockMovements) } },
      problems: [insufficientStock, notFound],
      rows: (_ctx, { body }) => [body.productId],
      run: async (tx, { body }) => ok((await adjustStock(tx, body)).text),
    }),
  ],
});

/** The stock of one product, below the product. */
export const productStockRouter = apiRouter({
  prefix: products.prefix,
  tag: stockMovements.tag,
  description: stockMovements.description,
  endpoints: [
    endpoint({
      transaction: 'managed',
      method: 'put',
      path: '/:id/stock',
      operationId: 'setStock',
      summary: 'Set the stock of a product',
      description: 'With `expected` it is a compare-and-set: nothing changes where another count is in stock.',
      access: 'stock:write',
      params: { id: uuid().description('The id of the product.').required() },
      body: object({
        quantity: integer(0, MAX_STOCK).description('The new stock count.'),
        expected: optional(integer(0, MAX_STOCK).description('The stock count that the new one replaces.')),
        reason,
        note,
      }),
      example: { quantity: 24, expected: 20, reason: 'adjustment' },
      responses: { 200: { description: 'The stock count, and the movement; null where nothing moved.', schema: stockSchema } },
      problems: [stockChanged, notFound],
      run: async (tx, { params: { id }, body }) => ok(await setStock(tx, id, body)),
    }),
  ],
});

function stockSchema() {
  return object({ productId: uuid(), quantity: integer(0, MAX_STOCK), movement: nullable(objectSchema(stockMovements)) });
}
