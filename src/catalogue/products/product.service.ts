import { ResourceService } from '../../resource/resource.service';
import { productHooks } from './product.hooks';
import { products } from './product.resource';

export { tagProduct, untagProduct } from './tag-product';
export { countView } from './views/count-view';

/** Manages products. */
export const productService = new ResourceService(products, productHooks);
