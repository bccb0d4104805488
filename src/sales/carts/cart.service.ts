import { ResourceService } from '../../resource/resource.service';
import { cartHooks } from './cart.hooks';
import { carts } from './cart.resource';

export { checkOut } from './checkout/check-out';
export { claimCart } from './claim/claim-cart';
export { createCart } from './creation/create-cart';
export { holdCart, releaseCart } from './hold/hold-cart';
export { addItems, removeItem, setQuantity } from './items/change-items';

/** Manages carts. */
export const cartService = new ResourceService(carts, cartHooks);
