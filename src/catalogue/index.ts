/** The only door to the catalogue. */
export { categoryRoutes } from './categories/category.routes';
export { imageRoutes } from './images/image.routes';
export { associateCatalogue, auditedCatalogue, registerCatalogue } from './models';
export { Product } from './products/product.model';
export { products } from './products/product.resource';
export { productRoutes } from './products/product.routes';
export { tagRoutes } from './tags/tag.routes';
