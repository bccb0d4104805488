import type { TxContext } from '../../../context/context';
import { actorId } from '../../../context/permission';
import { queryAll } from '../../../database/sql/statement';
import { tokenHash } from '../../../encryption/random-token';
import { notFound } from '../../../problems/common-problems';
import { type Found, readObject } from '../../../resource/read/read-one';
import { carts } from '../cart.resource';

/* The order's rows before the cart's would be another order of locks than a check-out takes. */
const CLAIM_CART = `UPDATE carts SET user_id = $1::uuid, guest_token_hash = NULL WHERE guest_token_hash = $2 RETURNING id, order_id`;
const CLAIM_ORDER = `UPDATE orders SET user_id = $1::uuid WHERE id = $2::uuid AND user_id IS NULL`;

/** Gives a guest's cart, and the order that it became, to the signed-in user, and returns the cart; the token ends. Throws `not_found` (404). */
export async function claimCart(tx: TxContext, token: string): Promise<Found> {
  const userId = actorId(tx.actor);
  const [cart] = await queryAll<{ id: string; order_id: string | null }>(tx, { text: CLAIM_CART, values: [userId, tokenHash(token)] });
  if (!cart) throw notFound.because('No guest has a cart with this token; it may have been taken over already.');
  if (cart.order_id !== null) await queryAll(tx, { text: CLAIM_ORDER, values: [userId, cart.order_id] });
  return readObject(tx, carts, cart.id, { fields: null, include: [] });
}
