/** The only entry to the catalogue. */
export { Category } from './categories/category.model';
export { associateCatalogue, auditedCatalogue, registerCatalogue } from './models';
export { Product } from './products/product.model';
export { products } from './products/product.resource';
export { catalogueRouters } from './routes';
