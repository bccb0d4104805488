import { endpoint } from '../../http/endpoint';
import { ok } from '../../http/output/reply';
import { MAX_INTEGER } from '../../resource/definition/field';
import { objectSchema } from '../../resource/definition/schemas';
import { integer, list, nullable, object, optional, uuid } from '../../schema/schema';
import { categoryCycle, categoryTooDeep, siblingsDiffer } from '../problems';
import { categories } from './category.resource';
import { categoryService, moveCategory, reorderCategories } from './category.service';

/** The most siblings of a reorder. */
const MOST_SIBLINGS = 10_000;
const REORDER_BODY = { bytesSetting: 'BULK_BODY_LIMIT_BYTES', values: MOST_SIBLINGS + 100 } as const;
const FIRST_ID = '01890a5d-ac96-774b-bcce-b302099a8057';

const orderSchema = object({
  id: uuid().required(),
  position: integer(0, MAX_INTEGER).required(),
  version: integer(1, MAX_INTEGER).required(),
});

/** The writes of the category tree that no other resource has. */
export const treeWrites = [
  endpoint({
    transaction: 'managed',
    method: 'post',
    path: '/:id/move',
    operationId: 'moveCategory',
    summary: 'Move a category and its subtree',
    description:
      'Below another parent, to another place among its siblings, or both. Siblings whose position changes get a new version, too.',
    access: 'categories:write',
    params: { id: uuid().description('The id of the category.').required() },
    body: object({
      parentId: nullable(uuid().description('The new parent; null for the top level.')),
      beforeId: optional(
        nullable(
          uuid().description(
            'The subcategory of the parent that it comes before; null for the end. If left out, it stays where it is among its siblings, and comes last below another parent.',
          ),
        ),
      ),
    }),
    example: { parentId: null },
    conditionalHeaders: ['If-Match'],
    responses: { 200: { description: 'The moved category.', schema: () => objectSchema(categories), headers: ['ETag'] } },
    problems: [categoryCycle, categoryTooDeep],
    rows: (_ctx, { params: { id } }) => categoryService.rowsOf(id),
    run: (tx, { params: { id }, body, conditions }) => moveCategory(tx, id, body, conditions),
  }),
  endpoint({
    transaction: 'managed',
    method: 'post',
    path: '/reorder',
    operationId: 'reorderCategories',
    summary: 'Reorder siblings',
    description:
      'Puts all subcategories of a category, or those of the top level, in a new order. Those whose position changes get a new version.',
    access: 'categories:write',
    body: object({
      parentId: nullable(uuid().description('The parent; null for the top level.')),
      ids: list(uuid(), 1, MOST_SIBLINGS).unique().description('Each of its subcategories once, in their new order.'),
    }),
    largeBody: REORDER_BODY,
    example: { parentId: null, ids: [FIRST_ID] },
    responses: {
      200: { description: 'The siblings in their order.', schema: () => object({ data: list(orderSchema, 0, MOST_SIBLINGS) }) },
    },
    problems: [siblingsDiffer],
    rows: () => categoryService.rowsOf(),
    run: async (tx, { body }) => ok({ data: await reorderCategories(tx, body) }),
  }),
];
