import { endpoint } from '../../http/endpoint';
import { noContent } from '../../http/output/reply';
import { apiRouter } from '../../http/routing/api-router';
import { operationsRefused } from '../../resource/bulk/endpoint/bulk-outcomes';
import { tooManyMatches } from '../../resource/bulk/endpoint/lock-matching';
import { objectSchema } from '../../resource/definition/schemas';
import { listCost } from '../../resource/list/count/list-cost';
import { type ListQuery, listShape } from '../../resource/query/list-query';
import { pageSchema } from '../../resource/query/page-schema';
import { resourceEndpoints } from '../../resource/resource-endpoints';
import { uuid } from '../../schema/schema';
import { noRegularPrice, priceInForce, pricesOverlap, saleAboveRegular } from '../problems';
import { products } from '../products/product.resource';
import { prices } from './price.resource';
import { newPriceSchema, priceChangeResults, priceChangesSchema } from './price.schemas';
import { changePrices, endPrice, listProductPrices, priceService, setPrice } from './price.service';

const id = uuid().description('The id of the product.').required();
const priceId = uuid().description('The id of the price.').required();

export const priceRouter = apiRouter({
  prefix: prices.prefix,
  tag: prices.tag,
  description: prices.description,
  endpoints: resourceEndpoints(priceService),
});

/** The prices of products, below these. */
export const productPriceRouter = apiRouter({
  prefix: products.prefix,
  tag: prices.tag,
  description: prices.description,
  endpoints: [
    endpoint({
      transaction: 'managed',
      method: 'post',
      path: '/price-changes',
      operationId: 'changePrices',
      summary: 'Change the prices of all products that match a filter',
      description:
        'Sets a new regular price or a sale for each, now or from a time on, as one change set. A dry run shows the new prices. Where more match than the limit, nothing is changed, and the problem says how many.',
      access: 'prices:write',
      body: priceChangesSchema(products),
      largeBody: { bytesSetting: 'BULK_BODY_LIMIT_BYTES', values: 10_000 },
      example: {
        filter: { brand: 'Exotic Liquids' },
        limit: 100,
        change: { percent: '5', round: { multiple: '1.00', minus: '0.01' } },
      },
      cost: () => 10,
      responses: {
        200: { description: 'How many matched, and the result of each, in the order of their ids.', schema: priceChangeResults },
      },
      problems: [operationsRefused, tooManyMatches],
      rows: () => [],
      run: (tx, { body }) => changePrices(tx, body),
    }),
    endpoint({
      transaction: 'none',
      method: 'get',
      path: '/:id/prices',
      operationId: 'listProductPrices',
      summary: 'List the prices of a product',
      description:
        'Past, present and scheduled ones. A product whose price never changed has none here: it has had its price since it was created.',
      access: 'prices:read',
      params: { id },
      query: listShape(prices),
      cost: listCost,
      responses: { 200: { description: 'A page of prices.', schema: () => pageSchema(prices), headers: ['Link'] } },
      run: (ctx, { params, query }) => listProductPrices(ctx, params.id, query as ListQuery),
    }),
    endpoint({
      transaction: 'managed',
      method: 'post',
      path: '/:id/prices',
      operationId: 'setPrice',
      summary: 'Set or schedule a price of a product',
      description:
        'A regular price ends the one before and holds until the next one. A sale stands beside it and is never above it. Prices begin and end by themselves, to the second.',
      access: 'prices:write',
      params: { id },
      body: newPriceSchema,
      example: { kind: 'sale', amount: '14.90', validFrom: '2030-11-29T00:00:00Z', validTo: '2030-12-01T00:00:00Z' },
      responses: { 201: { description: 'The price.', schema: () => objectSchema(prices), headers: ['Location'] } },
      problems: [pricesOverlap, saleAboveRegular, noRegularPrice],
      run: (tx, { params, body }) => setPrice(tx, params.id, body),
    }),
    endpoint({
      transaction: 'managed',
      method: 'delete',
      path: '/:id/prices/:priceId',
      operationId: 'endPrice',
      summary: 'Withdraw a scheduled price, or end a sale now',
      description:
        'The regular price before a withdrawn one lasts on. What was in force stays in the timeline; the regular price of now ends only where another begins.',
      access: 'prices:write',
      params: { id, priceId },
      responses: { 204: { description: 'The price is withdrawn, or has ended.' } },
      problems: [priceInForce, noRegularPrice],
      run: async (tx, { params }) => {
        await endPrice(tx, params.id, params.priceId);
        return noContent();
      },
    }),
  ],
});
