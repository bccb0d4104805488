import type { Ctx } from '../../context/context';
import type { Reply } from '../../http/output/reply';
import { belongingTo } from '../../resource/list/list-objects';
import type { ListQuery } from '../../resource/query/list-query';
import { readObject } from '../../resource/read/read-one';
import { ResourceService } from '../../resource/resource.service';
import { imageService } from '../images/image.service';
import { productHooks } from './product.hooks';
import { products } from './product.resource';

export { tagProduct, untagProduct } from './tag-product';
export { countView } from './views/count-view';

/** Manages products. */
export const productService = new ResourceService(products, productHooks);

/** Returns a page of a product's images; throws `not_found` (404), also where the product is hidden from the actor. */
export async function listProductImages(ctx: Ctx, productId: string, query: ListQuery): Promise<Reply> {
  await readObject(ctx, products, productId, { fields: ['id'], include: [] });
  return imageService.list(ctx, query, `${products.prefix}/${productId}/images`, [belongingTo('product_id', productId)]);
}
