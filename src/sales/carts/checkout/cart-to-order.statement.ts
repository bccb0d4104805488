import type { Ctx } from '../../../context/context';
import { queryShared } from '../../../database/batching/shared-connections';
import { Binder, where } from '../../../database/sql/binder';
import { visibleCarts } from '../cart.policy';
import type { CartStatus } from '../cart.schemas';

/** A cart as its check-out reads it. */
export interface CartToOrder {
  readonly id: string;
  readonly user_id: string | null;
  readonly email: string | null;
  readonly shipping_address: Record<string, unknown> | null;
  readonly billing_address: Record<string, unknown> | null;
  readonly shipping_method: string | null;
  readonly discount_code: string | null;
  readonly note: string | null;
  readonly status: CartStatus;
  readonly order_id: string | null;
  readonly version: number;
  readonly is_held: boolean;
  readonly items: readonly { readonly productId: string; readonly quantity: number }[];
}

/** Returns a cart that the actor sees, with its lines, in one statement; null where there is none. */
export async function readCartToOrder(ctx: Ctx, id: string): Promise<CartToOrder | null> {
  const { bind, values } = new Binder();
  const conditions = [(t: string) => `${t}.id = ${bind(id, 'uuid')} AND ${t}.deleted_at IS NULL`, ...visibleCarts(ctx)];
  const text = `SELECT c.id, c.user_id, c.email, c.shipping_address, c.billing_address, c.shipping_method, c.discount_code, c.note, c.status, c.order_id,
    c.version, c.held_until IS NOT NULL AS is_held,
    (SELECT coalesce(json_agg(json_build_object('productId', i.product_id, 'quantity', i.quantity) ORDER BY i.id), '[]') FROM cart_items i WHERE i.cart_id = c.id) AS items
    FROM carts c${where(conditions, 'c', bind)}`;
  const [row] = await queryShared<CartToOrder & Record<string, unknown>>(ctx, { text, values });
  return row ?? null;
}
