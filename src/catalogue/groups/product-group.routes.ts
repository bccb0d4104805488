import { endpoint } from '../../http/endpoint';
import { apiRouter } from '../../http/routing/api-router';
import { valueTaken } from '../../problems/common-problems';
import { objectSchema } from '../../resource/definition/schemas';
import { resourceEndpoints } from '../../resource/resource-endpoints';
import { uuid } from '../../schema/schema';
import { imageEndpoints } from '../images/of-owner/image-of-owner.endpoints';
import { newGroupSchema } from './creation/new-group.schemas';
import { renamingSchema } from './options/rename-option.schemas';
import { productGroups } from './product-group.resource';
import { createGroup, productGroupService, renameOption } from './product-group.service';

const group = () => objectSchema(productGroups);
const id = uuid().description('The id of the product group.').required();

export const productGroupRouter = apiRouter({
  prefix: productGroups.prefix,
  tag: productGroups.tag,
  description: productGroups.description,
  endpoints: [
    ...resourceEndpoints(productGroupService, ['create']),
    endpoint({
      transaction: 'managed',
      method: 'post',
      path: '/',
      operationId: 'createProductGroup',
      summary: 'Create a product group with its products',
      description:
        'The products are created with it, all or none, which needs products:write. Each problem has the pointer of its product.',
      access: productGroups.access.write,
      body: newGroupSchema(),
      largeBody: { bytesSetting: 'BULK_BODY_LIMIT_BYTES', values: 100_000 },
      example: {
        ...productGroups.example,
        products: [{ sku: 'SHIRT-M', price: '19.00', optionValues: { Size: 'M' }, stockQuantity: 12, status: 'active' }],
      },
      responses: { 201: { description: 'The new group with its products.', schema: group, headers: ['Location', 'ETag'] } },
      problems: [valueTaken],
      rows: (_ctx, { body }) => productGroupService.rowsOf(undefined, body),
      run: (tx, { body }) => createGroup(tx, body),
    }),
    endpoint({
      transaction: 'managed',
      method: 'post',
      path: '/:id/rename-option',
      operationId: 'renameOption',
      summary: 'Rename an option, or a value of one',
      description: 'The products of the group get the new name in the same transaction; orders keep the name that was sold.',
      access: productGroups.access.write,
      params: { id },
      body: renamingSchema(),
      conditionalHeaders: ['If-Match'],
      responses: { 200: { description: 'The group with the new name.', schema: group, headers: ['ETag'] } },
      run: (tx, { params, body, conditions }) => renameOption(tx, params.id, body, conditions),
    }),
    ...imageEndpoints({ resource: () => productGroups, column: 'group_id' }),
  ],
});
