import { endpoint } from '../../http/endpoint';
import { noContent } from '../../http/output/reply';
import { apiRouter } from '../../http/routing/api-router';
import { belongingTo, listObjects } from '../../resource/list/list-objects';
import { type ListQuery, listShape } from '../../resource/query/list-query';
import { pageSchema } from '../../resource/query/page-schema';
import { readObject } from '../../resource/read/read-one';
import { resourceEndpoints } from '../../resource/resource-endpoints';
import { uuid } from '../../schema/schema';
import { images } from '../images/image.resource';
import { products } from './product.resource';
import { productService } from './product.service';
import { tagProduct, untagProduct } from './tag-product';

const id = uuid().description('The id of the product.').required();
const tagId = uuid().description('The id of the tag.').required();

export const productRouter = apiRouter({
  prefix: products.prefix,
  tag: products.tag,
  description: products.description,
  endpoints: [
    ...resourceEndpoints(productService),
    endpoint({
      transaction: 'none',
      method: 'get',
      path: '/:id/images',
      operationId: 'listProductImages',
      summary: 'List the pictures of a product',
      access: 'public',
      params: { id },
      query: listShape(images),
      responses: {
        200: { description: 'A page of them.', schema: () => pageSchema(images), headers: ['Link'] },
      },
      run: async (ctx, { params, query }) => {
        await readObject(ctx, products, params.id, { fields: ['id'], include: [] });
        return listObjects(ctx, images, query as ListQuery, `${products.prefix}/${params.id}/images`, [
          belongingTo('product_id', params.id),
        ]);
      },
    }),
    endpoint({
      transaction: 'managed',
      method: 'put',
      path: '/:id/tags/:tagId',
      operationId: 'tagProduct',
      summary: 'Put a tag on a product',
      access: 'products:write',
      params: { id, tagId },
      responses: { 204: { description: 'The product carries the tag.' } },
      run: async (tx, { params }) => {
        await tagProduct(tx, params.id, params.tagId);
        return noContent();
      },
    }),
    endpoint({
      transaction: 'managed',
      method: 'delete',
      path: '/:id/tags/:tagId',
      operationId: 'untagProduct',
      summary: 'Take a tag off a product',
      access: 'products:write',
      params: { id, tagId },
      responses: { 204: { description: 'The product no longer carries the tag.' } },
      run: async (tx, { params }) => {
        await untagProduct(tx, params.id, params.tagId);
        return noContent();
      },
    }),
  ],
});
