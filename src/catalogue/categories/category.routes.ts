import { endpoint } from '../../http/endpoint';
import { JsonText, ok } from '../../http/output/reply';
import { apiRouter } from '../../http/routing/api-router';
import { objectSchema } from '../../resource/definition/schemas';
import { resourceEndpoints } from '../../resource/resource-endpoints';
import { list, nullable, object, uuid } from '../../schema/schema';
import { categoryCycle, categoryTooDeep } from '../problems';
import { MAX_TREE, relatives, tree } from './category.queries';
import { categories } from './category.resource';
import { categoryService } from './category.service';
import { treeSchema } from './category.tree-schema';

const id = { id: uuid().description('The id of the category.').required() };
const several = () => object({ data: list(objectSchema(categories), 0, MAX_TREE) });

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
      summary: 'Read the whole tree',
      access: 'public',
      responses: {
        200: {
          description: 'The categories at the top, each with those in it.',
          schema: () => object({ data: list(treeSchema, 0, MAX_TREE) }),
        },
      },
      run: async (ctx) => ok({ data: await tree(ctx) }),
    }),
    ...resourceEndpoints(categoryService),
    endpoint({
      transaction: 'none',
      method: 'get',
      path: '/:id/ancestors',
      operationId: 'listCategoryAncestors',
      summary: 'List what a category lies in, from the top down',
      access: 'public',
      params: id,
      responses: { 200: { description: 'Its ancestors.', schema: several } },
      run: async (ctx, { params }) => ok(new JsonText(await relatives(ctx, params.id, 'ancestors'))),
    }),
    endpoint({
      transaction: 'none',
      method: 'get',
      path: '/:id/descendants',
      operationId: 'listCategoryDescendants',
      summary: 'List everything below a category',
      access: 'public',
      params: id,
      responses: { 200: { description: 'Its descendants, in the order of the tree.', schema: several } },
      run: async (ctx, { params }) => ok(new JsonText(await relatives(ctx, params.id, 'descendants'))),
    }),
    endpoint({
      transaction: 'managed',
      method: 'post',
      path: '/:id/move',
      operationId: 'moveCategory',
      summary: 'Move a category, with everything below it',
      access: 'categories:write',
      params: id,
      body: object({ parentId: nullable(uuid().description('The category to move into; null for the top.')) }),
      example: { parentId: null },
      conditionalHeaders: ['If-Match'],
      responses: { 200: { description: 'The moved category.', schema: () => objectSchema(categories), headers: ['ETag'] } },
      problems: [categoryCycle, categoryTooDeep],
      run: (tx, { params, body, conditions }) => categoryService.patch(tx, params.id, { parentId: body.parentId }, conditions),
    }),
  ],
});
