import type { TxContext } from '../../../context/context';
import { queryAll } from '../../../database/sql/statement';
import type { Conditions } from '../../../http/endpoint';
import type { Reply } from '../../../http/output/reply';
import { invalidBody, notFound } from '../../../problems/common-problems';
import { readObject, replyWith } from '../../../resource/read/read-one';
import { identifiedLines } from '../../orders/placing/identified-lines';
import { linesOf } from '../../orders/placing/new-order';
import { productUnavailable } from '../../problems';
import { carts } from '../cart.resource';
import { lockCart } from '../lock-cart';
import { MAX_CART_ITEMS } from '../quote/cart-quote.schemas';
import { CartItem } from './cart-item.model';
import type { GivenItem } from './cart-item.schemas';

/**
 * Adds products to a cart, to what it has of them, and returns it. Throws `not_found` (404), `cart_not_open` or, where the cart is held,
 * `insufficient_stock` (409), `product_unavailable` or `invalid_body` (422).
 */
export async function addItems(tx: TxContext, id: string, items: readonly GivenItem[], conditions: Conditions): Promise<Reply> {
  const lines = linesOf(await identifiedLines(tx, items));
  await lockCart(tx, id, conditions);
  await insertItems(tx, id, lines);
  return replyWith(await readObject(tx, carts, id));
}

/** Sets the quantity of a line and returns the cart; throws `not_found` (404), `cart_not_open` or `insufficient_stock` (409). */
export async function setQuantity(tx: TxContext, id: string, itemId: string, quantity: number, conditions: Conditions): Promise<Reply> {
  await lockCart(tx, id, conditions);
  const [count] = await CartItem.update({ quantity }, { where: { id: itemId, cartId: id }, transaction: tx.transaction });
  if (count === 0) throw noSuchItem();
  return replyWith(await readObject(tx, carts, id));
}

/** Removes a line and returns the cart; throws `not_found` (404), `cart_not_open` (409). */
export async function removeItem(tx: TxContext, id: string, itemId: string, conditions: Conditions): Promise<Reply> {
  await lockCart(tx, id, conditions);
  const count = await CartItem.destroy({ where: { id: itemId, cartId: id }, transaction: tx.transaction });
  if (count === 0) throw noSuchItem();
  return replyWith(await readObject(tx, carts, id));
}

/*
 * In the order of the products, as every hold locks them. `for_sale` is what may be added; the rest of the statement does nothing where a
 * product is not.
 */
const INSERT = `
  WITH given AS MATERIALIZED (SELECT * FROM unnest($2::uuid[], $3::uuid[], $4::int[]) AS g (id, product_id, quantity)),
  unavailable AS MATERIALIZED (
    SELECT g.product_id FROM given g LEFT JOIN products p ON p.id = g.product_id AND p.status = 'active' AND p.deleted_at IS NULL WHERE p.id IS NULL
  ),
  added AS (
    INSERT INTO cart_items (id, cart_id, product_id, quantity)
    SELECT g.id, $1::uuid, g.product_id, g.quantity FROM given g WHERE NOT EXISTS (SELECT FROM unavailable) ORDER BY g.product_id
    ON CONFLICT (cart_id, product_id) DO UPDATE SET quantity = least(cart_items.quantity::bigint + excluded.quantity, 2147483647)::int, updated_at = clock_timestamp()
    RETURNING id
  )
  SELECT (SELECT count(*) FROM added)::int AS added, (SELECT count(*) FROM cart_items WHERE cart_id = $1::uuid)::int AS before,
    ARRAY(SELECT product_id FROM unavailable) AS unavailable`;

/** Adds lines to a locked cart; throws `product_unavailable` or `invalid_body` (422). */
export async function insertItems(
  tx: TxContext,
  cartId: string,
  lines: readonly { id: string; productId: string; quantity: number }[],
): Promise<void> {
  if (lines.length === 0) return;
  const values = [cartId, lines.map(({ id }) => id), lines.map(({ productId }) => productId), lines.map(({ quantity }) => quantity)];
  const [row] = await queryAll<{ unavailable: readonly string[] }>(tx, { text: INSERT, values });
  if (row && row.unavailable.length > 0) throw unavailable(lines, new Set(row.unavailable));
  const count = await CartItem.count({ where: { cartId }, transaction: tx.transaction });
  if (count <= MAX_CART_ITEMS) return;
  const message = `a cart has at most ${MAX_CART_ITEMS} lines; this one would have ${count}`;
  throw invalidBody.because(message, { errors: [{ pointer: '/items', code: 'too_many', message }] });
}

function unavailable(lines: readonly { productId: string }[], missing: ReadonlySet<string>) {
  return productUnavailable.because('Some products do not exist or are not for sale; remove those that "errors" names.', {
    errors: lines.flatMap(({ productId }, index) =>
      missing.has(productId)
        ? [{ pointer: `/items/${index}/productId`, code: 'product_unavailable', message: `product ${productId} is not for sale` }]
        : [],
    ),
  });
}

function noSuchItem() {
  return notFound.because('The cart has no such line.');
}
