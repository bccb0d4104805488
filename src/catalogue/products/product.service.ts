import { ResourceService } from '../../resource/resource.service';
import { shopifyLayout } from '../shopify/shopify-layout';
import { productHooks } from './product.hooks';
import { products } from './product.resource';

export { suggestionsFor } from './search/suggestions/suggestions.queries';
export { tagProduct, untagProduct } from './tag-product';
export { countView } from './views/count-view';

/** Manages products. */
export const productService = new ResourceService(products, productHooks, [shopifyLayout]);
