import { type Endpoint, endpoint } from '../../../http/endpoint';
import { notFound } from '../../../problems/common-problems';
import { filterShape } from '../../../resource/query/filters/filters';
import type { ListQuery } from '../../../resource/query/list-query';
import { integer, nullable, object, optional, type Shape, timestamp, uuid } from '../../../schema/schema';
import { products } from '../product.resource';
import {
  categoryStatisticsSchema,
  MAX_RANKED,
  productSalesSchema,
  rankings,
  salesRankingSchema,
  statisticsSchema,
} from './statistics.schemas';
import { readCategoryStatistics, readRanking, readSales, readStatistics, refreshRanking } from './statistics.service';

/* As a search: they read all products that match. */
const COST = 10;
const DEFAULT_RANKED = 20;

const filters: Shape = filterShape(products);
const parentId = optional(uuid().description('The parent of the categories; the top level if left out.'));

/** The endpoints of the statistics of products, whose paths an id could be taken for. */
export const statisticsEndpoints: readonly Endpoint[] = [
  endpoint({
    transaction: 'none',
    method: 'get',
    path: '/stats',
    operationId: 'readProductStatistics',
    summary: 'Count products by status, stock and price',
    description: 'Of the products that the list with the same filters shows; category=<id> counts a category with its subtree.',
    access: 'public',
    query: filters,
    cost: () => COST,
    responses: { 200: { description: 'The statistics.', schema: statisticsSchema } },
    run: (ctx, { query }) => readStatistics(ctx, query as ListQuery),
  }),
  endpoint({
    transaction: 'none',
    method: 'get',
    path: '/stats/categories',
    operationId: 'readCategoryStatistics',
    summary: 'Count the products of each category',
    description: 'Each category below a parent, in the order of their names and with its subtree, of the products that the filters leave.',
    access: 'public',
    query: { ...filters, parentId },
    cost: () => COST,
    responses: { 200: { description: 'The statistics of each category.', schema: categoryStatisticsSchema } },
    problems: [notFound],
    run: (ctx, { query }) => readCategoryStatistics(ctx, query as ListQuery & { parentId?: string }),
  }),
  endpoint({
    transaction: 'none',
    method: 'get',
    path: '/sales',
    operationId: 'rankProductSales',
    summary: 'Rank products by their sales or popularity',
    description: 'From statistics that are computed four times an hour; refreshedAt and ageSeconds say how old they are.',
    access: 'orders:read',
    query: { by: optional(rankings()), limit: optional(integer(1, MAX_RANKED).description(`Products; ${DEFAULT_RANKED} by default.`)) },
    responses: { 200: { description: 'The products that come first.', schema: salesRankingSchema } },
    run: (ctx, { query: { by = 'units', limit = DEFAULT_RANKED } }) => readRanking(ctx, by, limit),
  }),
  endpoint({
    transaction: 'managed',
    method: 'post',
    path: '/sales/refresh',
    operationId: 'refreshProductSales',
    summary: 'Compute the statistics of sales anew',
    access: 'products:write',
    dryRun: 'refused',
    responses: {
      202: {
        description: 'The job is sent.',
        schema: () => object({ jobId: nullable(uuid()).description('Null where a refresh waits already.').example(null) }),
      },
    },
    run: (tx) => refreshRanking(tx),
  }),
  endpoint({
    transaction: 'none',
    method: 'get',
    path: '/:id/sales',
    operationId: 'readProductSales',
    summary: 'Read what a product has sold',
    description:
      'Of orders that are paid, shipped or completed, as of now. Goods that came back are left out, and of a partly refunded order each line bears its share.',
    access: 'orders:read',
    params: { id: uuid().description('The id of the product.').required() },
    query: {
      from: optional(timestamp().description('Orders placed at this time or later.')),
      to: optional(timestamp().description('Orders placed before this time.')),
    },
    responses: { 200: { description: 'The sales.', schema: productSalesSchema } },
    problems: [notFound],
    run: (ctx, { params, query }) => readSales(ctx, params.id, query),
  }),
];
