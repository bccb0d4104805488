/** The only entry to the catalogue. */

export { catalogueInvariants } from './catalogue-invariants';
export { Category } from './categories/category.model';
export { isBelowAny } from './categories/tree/subtree-condition';
export { catalogueEvents } from './event-sources';
export { associateCatalogue, auditedCatalogue, registerCatalogue } from './models';
export { currentPrice } from './prices/price-expressions';
export { catalogueConstraints } from './problems';
export { Product } from './products/product.model';
export { products } from './products/product.resource';
export { MAX_STOCK } from './products/product.schemas';
export { productService } from './products/product.service';
export { applySearchLanguage } from './products/search/language/apply-search-language.queries';
export { taxClassField } from './products/tax-class';
export { flushViews } from './products/views/count-view';
export { catalogueQueues } from './queues';
export { catalogueRouters } from './routes';
