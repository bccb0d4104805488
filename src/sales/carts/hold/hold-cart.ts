import type { TxContext } from '../../../context/context';
import { queryAll } from '../../../database/sql/statement';
import type { Conditions } from '../../../http/endpoint';
import type { Reply } from '../../../http/output/reply';
import { readObject, replyWith } from '../../../resource/read/read-one';
import { cartIncomplete, holdNotExtendable, insufficientStock, productUnavailable } from '../../problems';
import type { Cart } from '../cart.model';
import { carts } from '../cart.resource';
import { lockCart } from '../lock-cart';
import { soonReleased } from './release-carts.queue';

/* `short` are the products that the cart cannot have. They are locked as the trigger that holds them does. */
const LINES = `
  WITH lines AS MATERIALIZED (
    SELECT p.id, p.name, p.stock_quantity, i.quantity, p.status = 'active' AND p.deleted_at IS NULL AS is_available
    FROM cart_items i JOIN products p ON p.id = i.product_id WHERE i.cart_id = $1::uuid ORDER BY p.id FOR NO KEY UPDATE OF p
  )
  SELECT count(*)::int AS lines, coalesce(sum(quantity), 0)::int AS units,
    coalesce(json_agg(lines) FILTER (WHERE NOT is_available OR stock_quantity < quantity), '[]') AS short FROM lines`;

interface LinesOfCart {
  readonly lines: number;
  readonly units: number;
  readonly short: readonly ShortLine[];
}

interface ShortLine {
  readonly id: string;
  readonly name: string;
  readonly quantity: number;
  readonly stock_quantity: number;
  readonly is_available: boolean;
}

/**
 * Takes the goods of a cart out of stock for CART_HOLD_MINUTES, or extends the hold by that, once, and returns the cart. Throws `not_found`
 * (404), `cart_not_open`, `insufficient_stock`, `hold_not_extendable` (409), `cart_incomplete`, `product_unavailable` (422).
 */
export async function holdCart(tx: TxContext, id: string, conditions: Conditions): Promise<Reply> {
  const cart = await lockCart(tx, id, conditions);
  if (cart.heldUntil === null) await requireHoldable(tx, id);
  else if (cart.isHoldExtended) throw holdNotExtendable.because('The hold was extended already. Check out before it ends.');
  const heldUntil = await hold(tx, cart);
  await soonReleased(tx, [heldUntil]);
  return replyWith(await readObject(tx, carts, id));
}

/** Puts the goods of a cart back to stock and returns the cart, also where it is not held; throws `not_found` (404), `cart_not_open` (409). */
export async function releaseCart(tx: TxContext, id: string, conditions: Conditions): Promise<Reply> {
  const cart = await lockCart(tx, id, conditions);
  if (cart.heldUntil !== null) await cart.update({ heldUntil: null, isHoldExtended: false }, { transaction: tx.transaction });
  return replyWith(await readObject(tx, carts, id));
}

async function hold(tx: TxContext, { id, heldUntil }: Cart): Promise<Date> {
  const text = `UPDATE carts SET held_until = greatest(held_until, clock_timestamp()) + interval '${tx.env.CART_HOLD_MINUTES} minutes', is_hold_extended = $2
    WHERE id = $1::uuid RETURNING held_until`;
  const [row] = await queryAll<{ held_until: Date }>(tx, { text, values: [id, heldUntil !== null] });
  if (!row) throw new Error('A locked cart was not there.');
  return row.held_until;
}

async function requireHoldable(tx: TxContext, id: string): Promise<void> {
  const [row] = await queryAll<LinesOfCart & Record<string, unknown>>(tx, { text: LINES, values: [id] });
  if (!row || row.lines === 0) throw cartIncomplete.because('The cart is empty. Put products into it with POST /v1/carts/{id}/items.');
  const { CART_HOLD_MAX_UNITS: most } = tx.env;
  if (most !== 'off' && row.units > most) {
    throw cartIncomplete.because(
      `A cart can hold at most ${most} pieces; this one has ${row.units}. Check out without a hold, or order fewer.`,
    );
  }
  const [gone] = row.short.filter(({ is_available: isAvailable }) => !isAvailable);
  if (gone) throw productUnavailable.because(`${gone.name} is not for sale. Remove it from the cart.`);
  const [short] = row.short;
  if (!short) return;
  throw insufficientStock.because(`Insufficient stock: ${short.quantity} requested, ${short.stock_quantity} available of ${short.name}.`, {
    errors: row.short.map(({ id: productId, quantity, stock_quantity: available }) => ({
      pointer: '/quote/items',
      code: 'insufficient_stock',
      message: `product ${productId}: ${quantity} requested, ${available} available`,
    })),
  });
}
