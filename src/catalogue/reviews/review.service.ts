import type { Ctx } from '../../context/context';
import type { Reply } from '../../http/output/reply';
import { belongingTo } from '../../resource/list/list-objects';
import type { ListQuery } from '../../resource/query/list-query';
import { readObject } from '../../resource/read/read-one';
import { ResourceService } from '../../resource/resource.service';
import { products } from '../products/product.resource';
import { reviewHooks } from './review.hooks';
import { reviews } from './review.resource';

/** Manages reviews. */
export const reviewService = new ResourceService(reviews, reviewHooks);

/** Returns a page of a product's reviews; throws `not_found` (404), also where the product is hidden from the actor. */
export async function listProductReviews(ctx: Ctx, productId: string, query: ListQuery): Promise<Reply> {
  await readObject(ctx, products, productId, { fields: ['id'], include: [] });
  return reviewService.list(ctx, query, `${products.prefix}/${productId}/reviews`, [belongingTo('product_id', productId)]);
}
