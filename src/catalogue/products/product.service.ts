import { ResourceService } from '../../resource/resource.service';
import { productHooks } from './product.hooks';
import { products } from './product.resource';

/** Manages products. */
export const productService = new ResourceService(products, productHooks);
