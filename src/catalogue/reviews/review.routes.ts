import { endpoint } from '../../http/endpoint';
import { apiRouter } from '../../http/routing/api-router';
import { listCost } from '../../resource/list/count/list-cost';
import { type ListQuery, listShape } from '../../resource/query/list-query';
import { pageSchema } from '../../resource/query/page-schema';
import { resourceEndpoints } from '../../resource/resource-endpoints';
import { uuid } from '../../schema/schema';
import { products } from '../products/product.resource';
import { reviews } from './review.resource';
import { listProductReviews, reviewService } from './review.service';

export const reviewRouter = apiRouter({
  prefix: reviews.prefix,
  tag: reviews.tag,
  description: reviews.description,
  endpoints: resourceEndpoints(reviewService),
});

export const productReviewRouter = apiRouter({
  prefix: products.prefix,
  tag: reviews.tag,
  description: reviews.description,
  endpoints: [
    endpoint({
      transaction: 'none',
      method: 'get',
      path: '/:id/reviews',
      operationId: 'listProductReviews',
      summary: 'List the reviews of a product',
      access: 'public',
      params: { id: uuid().description('The id of the product.').required() },
      query: listShape(reviews),
      cost: listCost,
      responses: {
        200: { description: 'A page of reviews.', schema: () => pageSchema(reviews), headers: ['Link'] },
      },
      run: (ctx, { params, query }) => listProductReviews(ctx, params.id, query as ListQuery),
    }),
  ],
});
