import { type Routes, reads, writes } from '../../http/endpoint';
import { list, nullable, object, uuid } from '../../schema/schema';
import { JsonText, ok } from '../../http/output/reply';
import { resourceEndpoints } from '../../resource/resource-endpoints';
import { objectSchema } from '../../resource/definition/schemas';
import { patchObject } from '../../resource/write/resource.service';
import { categoryCycle, categoryTooDeep } from '../problems';
import { MAX_TREE, relatives, tree } from './category.queries';
import { categories } from './category.resource';
import { treeSchema } from './category.tree-schema';

const id = { id: uuid().description('The id of the category.').required() };
const several = () => object({ data: list(objectSchema(categories), 0, MAX_TREE) });

export const categoryRoutes: Routes = {
  prefix: categories.prefix,
  tag: categories.tag,
  about: categories.about,
  endpoints: [
    reads({
      method: 'get',
      path: '/tree',
      id: 'readCategoryTree',
      summary: 'Read the whole tree',
      access: 'public',
      answers: {
        200: { about: 'The categories at the top, each with those in it.', schema: () => object({ data: list(treeSchema, 0, MAX_TREE) }) },
      },
      run: async (ctx) => ok({ data: await tree(ctx) }),
    }),
    ...resourceEndpoints(categories),
    reads({
      method: 'get',
      path: '/:id/ancestors',
      id: 'listCategoryAncestors',
      summary: 'List what a category lies in, from the top down',
      access: 'public',
      params: id,
      answers: { 200: { about: 'Its ancestors.', schema: several } },
      run: async (ctx, { params }) => ok(new JsonText(await relatives(ctx, params.id, 'ancestors'))),
    }),
    reads({
      method: 'get',
      path: '/:id/descendants',
      id: 'listCategoryDescendants',
      summary: 'List everything below a category',
      access: 'public',
      params: id,
      answers: { 200: { about: 'Its descendants, in the order of the tree.', schema: several } },
      run: async (ctx, { params }) => ok(new JsonText(await relatives(ctx, params.id, 'descendants'))),
    }),
    writes({
      method: 'post',
      path: '/:id/move',
      id: 'moveCategory',
      summary: 'Move a category, with everything below it',
      access: 'categories:write',
      params: id,
      body: object({ parentId: nullable(uuid().description('The category to move into; null for the top.')) }),
      example: { parentId: null },
      honours: ['If-Match'],
      answers: { 200: { about: 'The moved category.', schema: () => objectSchema(categories), headers: ['ETag'] } },
      problems: [categoryCycle, categoryTooDeep],
      run: (tx, { params, body, conditions }) => patchObject(tx, categories, params.id, { parentId: body.parentId }, conditions),
    }),
  ],
};
