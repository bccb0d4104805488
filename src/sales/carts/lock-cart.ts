import type { TxContext } from '../../context/context';
import type { Conditions } from '../../http/endpoint';
import { lockRow, requireVersion } from '../../resource/write/lock-row';
import { notOpen } from './cart.hooks';
import type { Cart } from './cart.model';
import { requireOwnCart } from './cart.policy';
import { carts } from './cart.resource';

/**
 * Loads an open cart and locks its row; throws `not_found` (404), `forbidden` (403), `cart_not_open` (409), `precondition_failed` (412).
 */
export async function lockCart(tx: TxContext, id: string, { ifMatch }: Partial<Conditions> = {}): Promise<Cart> {
  const cart = (await lockRow(tx, carts, id)) as Cart;
  requireOwnCart(tx, cart);
  if (cart.status !== 'open') throw notOpen(cart.status);
  requireVersion(carts, cart, ifMatch);
  return cart;
}
