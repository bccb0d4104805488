import { type Routes, reads, writes } from '../../http/endpoint';
import { uuid } from '../../schema/schema';
import { noContent } from '../../http/output/reply';
import { resourceEndpoints } from '../../resource/resource-endpoints';
import { type ListQuery, listShape } from '../../resource/query/list-query';
import { belongingTo, listObjects } from '../../resource/list/list-objects';
import { readObject } from '../../resource/read/read-one';
import { pageSchema } from '../../resource/definition/schemas';
import { images } from '../images/image.resource';
import { products } from './product.resource';
import { tagProduct, untagProduct } from './tag-product';

const id = uuid().description('The id of the product.').required();
const tagId = uuid().description('The id of the tag.').required();

export const productRoutes: Routes = {
  prefix: products.prefix,
  tag: products.tag,
  about: products.about,
  endpoints: [
    ...resourceEndpoints(products),
    reads({
      method: 'get',
      path: '/:id/images',
      id: 'listProductImages',
      summary: 'List the pictures of a product',
      access: 'public',
      params: { id },
      query: listShape(images),
      answers: {
        200: { about: 'A page of them.', schema: () => pageSchema(images), headers: ['Link'] },
      },
      run: async (ctx, { params, query }) => {
        await readObject(ctx, products, params.id, { fields: ['id'], include: [] });
        return listObjects(ctx, images, query as ListQuery, `${products.prefix}/${params.id}/images`, [
          belongingTo('product_id', params.id),
        ]);
      },
    }),
    writes({
      method: 'put',
      path: '/:id/tags/:tagId',
      id: 'tagProduct',
      summary: 'Put a tag on a product',
      access: 'products:write',
      params: { id, tagId },
      answers: { 204: { about: 'The product carries the tag.' } },
      run: async (tx, { params }) => {
        await tagProduct(tx, params.id, params.tagId);
        return noContent();
      },
    }),
    writes({
      method: 'delete',
      path: '/:id/tags/:tagId',
      id: 'untagProduct',
      summary: 'Take a tag off a product',
      access: 'products:write',
      params: { id, tagId },
      answers: { 204: { about: 'The product no longer carries the tag.' } },
      run: async (tx, { params }) => {
        await untagProduct(tx, params.id, params.tagId);
        return noContent();
      },
    }),
  ],
};
