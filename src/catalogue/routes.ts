import type { Routes } from '../http/endpoint';
import { categoryRoutes } from './categories/category.routes';
import { imageRoutes } from './images/image.routes';
import { productRoutes } from './products/product.routes';
import { tagRoutes } from './tags/tag.routes';

/** The endpoints of the catalogue, in the order of the docs. */
export const catalogueRoutes: readonly Routes[] = [categoryRoutes, productRoutes, imageRoutes, tagRoutes];
