import type { ApiRouter } from '../http/routing/api-router';
import { categoryRouter } from './categories/category.routes';
import { imageRouter } from './images/image.routes';
import { productRouter } from './products/product.routes';
import { tagRouter } from './tags/tag.routes';

/** The endpoints of the catalogue, in the order of the docs. */
export const catalogueRouters: readonly ApiRouter[] = [categoryRouter, productRouter, imageRouter, tagRouter];
