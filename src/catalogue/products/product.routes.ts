import { endpoint } from '../../http/endpoint';
import { noContent } from '../../http/output/reply';
import { apiRouter } from '../../http/routing/api-router';
import { resourceEndpoints } from '../../resource/resource-endpoints';
import { uuid } from '../../schema/schema';
import { imageEndpoints } from '../images/of-owner/image-of-owner.endpoints';
import { products } from './product.resource';
import { productService, tagProduct, untagProduct } from './product.service';
import { suggestionEndpoints } from './search/suggestions/suggestion.endpoints';
import { statisticsEndpoints } from './statistics/statistics.endpoints';
import { viewEndpoints } from './views/view.endpoints';

const id = uuid().description('The id of the product.').required();
const tagId = uuid().description('The id of the tag.').required();

export const productRouter = apiRouter({
  prefix: products.prefix,
  tag: products.tag,
  description: products.description,
  endpoints: [
    ...statisticsEndpoints,
    ...suggestionEndpoints,
    ...resourceEndpoints(productService),
    ...viewEndpoints,
    ...imageEndpoints({ resource: () => products, column: 'product_id' }),
    endpoint({
      transaction: 'managed',
      method: 'put',
      path: '/:id/tags/:tagId',
      operationId: 'tagProduct',
      summary: 'Add a tag to a product',
      access: 'products:write',
      params: { id, tagId },
      responses: { 204: { description: 'The product has the tag.' } },
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
      summary: 'Remove a tag from a product',
      access: 'products:write',
      params: { id, tagId },
      responses: { 204: { description: 'The product no longer has the tag.' } },
      run: async (tx, { params }) => {
        await untagProduct(tx, params.id, params.tagId);
        return noContent();
      },
    }),
  ],
});
