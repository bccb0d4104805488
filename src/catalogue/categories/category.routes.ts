import { endpoint } from '../../http/endpoint';
import { ok } from '../../http/output/reply';
import { apiRouter } from '../../http/routing/api-router';
import { objectSchema } from '../../resource/definition/schemas';
import { resourceEndpoints } from '../../resource/resource-endpoints';
import { list, nullable, object, uuid } from '../../schema/schema';
import { categoryCycle, categoryTooDeep } from '../problems';
import { categories } from './category.resource';
import { categoryService, listAncestors, listDescendants, moveCategory, readTree } from './category.service';
import { MAX_TREE, treeSchema } from './tree/tree-schema';

const params = { id: uuid().description('The id of the category.').required() };
const relatives = () => object({ data: list(objectSchema(categories), 0, MAX_TREE) });

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
      access: 'public',
      responses: {
        200: {
          description: 'The top-level categories with their children.',
          schema: () => object({ data: list(treeSchema, 0, MAX_TREE) }),
        },
      },
      run: async () => ok({ data: await readTree() }),
    }),
    ...resourceEndpoints(categoryService),
    endpoint({
      transaction: 'none',
      method: 'get',
      path: '/:id/ancestors',
      operationId: 'listCategoryAncestors',
      summary: 'List the ancestors of a category, from the top down',
      access: 'public',
      params,
      responses: { 200: { description: 'Its ancestors.', schema: relatives } },
      run: async (ctx, { params: { id } }) => ok(await listAncestors(ctx, id)),
    }),
    endpoint({
      transaction: 'none',
      method: 'get',
      path: '/:id/descendants',
      operationId: 'listCategoryDescendants',
      summary: 'List the descendants of a category',
      access: 'public',
      params,
      responses: { 200: { description: 'Its descendants; each follows its parent.', schema: relatives } },
      run: async (ctx, { params: { id } }) => ok(await listDescendants(ctx, id)),
    }),
    endpoint({
      transaction: 'managed',
      method: 'post',
      path: '/:id/move',
      operationId: 'moveCategory',
      summary: 'Move a category and its subtree',
      access: 'categories:write',
      params,
      body: object({ parentId: nullable(uuid().description('The new parent; null for the top level.')) }),
      example: { parentId: null },
      conditionalHeaders: ['If-Match'],
      responses: { 200: { description: 'The moved category.', schema: () => objectSchema(categories), headers: ['ETag'] } },
      problems: [categoryCycle, categoryTooDeep],
      rows: (_ctx, { params: { id } }) => categoryService.rowsOf(id),
      run: (tx, { params: { id }, body, conditions }) => moveCategory(tx, id, body.parentId, conditions),
    }),
  ],
});
