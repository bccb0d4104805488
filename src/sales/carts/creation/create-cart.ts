import { v7 } from 'uuid';
import type { TxContext } from '../../../context/context';
import { actorId } from '../../../context/permission';
import { randomToken, tokenHash } from '../../../encryption/random-token';
import { etagHeader } from '../../../http/output/conditional';
import { created, JsonText, type Reply } from '../../../http/output/reply';
import { readObject } from '../../../resource/read/read-one';
import { identifiedLines } from '../../orders/placing/identified-lines';
import { linesOf } from '../../orders/placing/new-order';
import { Cart } from '../cart.model';
import { carts } from '../cart.resource';
import { insertItems } from '../items/change-items';
import type { NewCart } from './new-cart.schemas';
import { requireHolding } from './require-holding';

/**
 * Makes a cart, of the signed-in user or of a guest, and returns it; a guest's with its token, which is stored hashed and shown this once.
 * Throws `product_unavailable`, `invalid_body` (422) and the problem of a code or a shipping method that does not hold.
 */
export async function createCart(tx: TxContext, { items = [], ...values }: NewCart): Promise<Reply> {
  const lines = linesOf(await identifiedLines(tx, items));
  const userId = actorId(tx.actor);
  const token = userId === null ? randomToken() : null;
  const id = v7();
  await Cart.create({ ...values, id, userId, guestTokenHash: token === null ? null : tokenHash(token) }, { transaction: tx.transaction });
  await insertItems(tx, id, lines);
  await requireHolding(tx, [{ id, values }]);
  const { text, tag } = await readObject(guestContext(tx, token), carts, id);
  const body = token === null ? text : new JsonText(`${text.text.slice(0, -1)},"token":${JSON.stringify(token)}}`);
  return created(`${carts.prefix}/${id}`, body, etagHeader(tag));
}

/* Whoever made the cart sees it. */
function guestContext(tx: TxContext, token: string | null): TxContext {
  return token === null ? tx : { ...tx, actor: { kind: 'anonymous', guestTokenHash: tokenHash(token) } };
}
