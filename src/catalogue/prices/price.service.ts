import type { Ctx } from '../../context/context';
import type { Reply } from '../../http/output/reply';
import { belongingTo } from '../../resource/list/list-objects';
import type { ListQuery } from '../../resource/query/list-query';
import { readObject } from '../../resource/read/read-one';
import { ResourceService } from '../../resource/resource.service';
import { products } from '../products/product.resource';
import { prices } from './price.resource';

export { changePrices } from './changes/change-prices';
export { endPrice } from './changes/end-price';
export { setPrice } from './changes/set-price';

/** Lists and reads prices. */
export const priceService = new ResourceService(prices);

/** Returns a page of a product's prices; throws `not_found` (404), also where the product is hidden from the actor. */
export async function listProductPrices(ctx: Ctx, productId: string, query: ListQuery): Promise<Reply> {
  await readObject(ctx, products, productId, { fields: ['id'], include: [] });
  return priceService.list(ctx, query, `${products.prefix}/${productId}/prices`, [belongingTo('product_id', productId)]);
}
