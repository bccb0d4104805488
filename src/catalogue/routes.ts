import type { ApiRouter } from '../http/routing/api-router';
import { categoryRouter } from './categories/category.routes';
import { productGroupRouter } from './groups/product-group.routes';
import { imageRouter } from './images/image.routes';
import { mediumRouter } from './media/medium.routes';
import { variantRouter } from './media/variant.routes';
import { priceRouter, productPriceRouter } from './prices/price.routes';
import { productRouter } from './products/product.routes';
import { productReviewRouter, reviewRouter } from './reviews/review.routes';
import { tagRouter } from './tags/tag.routes';

/** The endpoints of the catalogue, in the order of the docs; what an id could be taken for comes before the products. */
export const catalogueRouters: readonly ApiRouter[] = [
  categoryRouter,
  productPriceRouter,
  productRouter,
  productGroupRouter,
  imageRouter,
  mediumRouter,
  variantRouter,
  tagRouter,
  reviewRouter,
  productReviewRouter,
  priceRouter,
];
