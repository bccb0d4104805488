import { endpoint } from '../../http/endpoint';
import { ok } from '../../http/output/reply';
import { apiRouter } from '../../http/routing/api-router';
import { notFound } from '../../problems/common-problems';
import { listCost } from '../../resource/list/count/list-cost';
import { type ListQuery, listShape } from '../../resource/query/list-query';
import { pageSchema } from '../../resource/query/page-schema';
import { resourceEndpoints } from '../../resource/resource-endpoints';
import { integer, list, object, optional, uuid } from '../../schema/schema';
import { categories } from './category.resource';
import { categoryService, listAncestors, listDescendants, streamTree } from './category.service';
import { integrityEndpoints } from './integrity.endpoints';
import { MAX_TREE, treeSchema } from './tree/tree-schema';
import { treeWrites } from './tree-writes.endpoints';

const params = { id: uuid().description('The id of the category.').required() };

/* As a search; a depth bounds the levels, not the categories. */
const TREE_COST = 10;

export const categoryRouter = apiRouter({
  prefix: categories.prefix,
  tag: categories.tag,
  description: categories.description,
  endpoints: [
    endpoint({
      transaction: 'none',
      method: 'get',
      path: '/tree',
      operationId: 'readCategoryTree',
      summary: 'Read the category tree',
      description:
        'The whole tree, however large, or the part below a root, down to a depth. Siblings are in the order of their positions.',
      access: 'public',
      query: {
        root: optional(uuid().description('The category at the top of the part; the top level of the tree if left out.')),
        depth: optional(integer(0, 100).description('The levels below the top of the part; all if left out.')),
      },
      cost: () => TREE_COST,
      conditionalHeaders: ['If-None-Match'],
      responses: {
        200: {
          description: 'The categories at the top with their children.',
          schema: () => object({ data: list(treeSchema, 0, MAX_TREE) }),
          headers: ['ETag'],
        },
      },
      problems: [notFound],
      run: async (ctx, { query }) => ok(streamTree(ctx, query)),
    }),
    ...integrityEndpoints,
    ...resourceEndpoints(categoryService),
    endpoint({
      transaction: 'none',
      method: 'get',
      path: '/:id/ancestors',
      operationId: 'listCategoryAncestors',
      summary: 'List the ancestors of a category',
      access: 'public',
      params,
      query: listShape(categories),
      cost: listCost,
      responses: {
        200: {
          description: 'A page of its ancestors, from the top down unless `sort` says otherwise.',
          schema: () => pageSchema(categories),
          headers: ['Link'],
        },
      },
      run: (ctx, { params: { id }, query }) => listAncestors(ctx, id, query as ListQuery),
    }),
    endpoint({
      transaction: 'none',
      method: 'get',
      path: '/:id/descendants',
      operationId: 'listCategoryDescendants',
      summary: 'List the descendants of a category',
      access: 'public',
      params,
      query: listShape(categories),
      cost: listCost,
      responses: {
        200: {
          description: 'A page of its descendants; each follows its parent unless `sort` says otherwise.',
          schema: () => pageSchema(categories),
          headers: ['Link'],
        },
      },
      run: (ctx, { params: { id }, query }) => listDescendants(ctx, id, query as ListQuery),
    }),
    ...treeWrites,
  ],
});
