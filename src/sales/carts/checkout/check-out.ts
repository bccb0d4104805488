import type { Ctx } from '../../../context/context';
import { etagHeader } from '../../../http/output/conditional';
import { ok, type Reply } from '../../../http/output/reply';
import { invalidBody } from '../../../problems/common-problems';
import type { Violation } from '../../../problems/problem';
import { notFoundHere, readObject } from '../../../resource/read/read-one';
import type { Parsed } from '../../../schema/schema';
import { orders } from '../../orders/order.resource';
import { type NewOrder, newOrder, type OrderRequest } from '../../orders/placing/new-order';
import { attempt, unpaidLimitsOf } from '../../orders/placing/place-order';
import { refusal } from '../../orders/placing/refusal';
import { cartChanged, cartIncomplete, tooManyUnpaidOrders } from '../../problems';
import { notOpen } from '../cart.hooks';
import { requireOwnCart } from '../cart.policy';
import { carts } from '../cart.resource';
import { type CartToOrder, readCartToOrder } from './cart-to-order.statement';
import type { checkOutSchema } from './check-out.schemas';

type CheckOutRequest = Parsed<typeof checkOutSchema>;

/** How often a cart that changes meanwhile is read again. */
const MAX_ATTEMPTS = 3;

/**
 * Makes a cart an order by the statement that places every order, and returns the order; the one that it became, however often it is asked
 * for. Throws `not_found` (404), `forbidden` (403), `cart_not_open`, `cart_changed` (409), `cart_incomplete` (422) and what placing an order does.
 */
export async function checkOut(ctx: Ctx, id: string, request: CheckOutRequest): Promise<Reply> {
  for (let attempts = 0; attempts < MAX_ATTEMPTS; attempts += 1) {
    const cart = await readCartToOrder(ctx, id);
    if (!cart) throw notFoundHere(carts);
    requireOwnCart(ctx, { userId: cart.user_id }, 'orders:place');
    if (cart.order_id !== null) return replyWithOrder(ctx, cart.order_id);
    if (cart.status !== 'open') throw notOpen(cart.status);
    requireComplete(cart, request, ctx);
    const order = orderOf(ctx, cart, request);
    const { reply, outcome } = await attempt(ctx, order);
    if (reply) return reply;
    if (outcome.cart?.status === 'open' && outcome.cart.version === cart.version) throw refusal(order, outcome);
  }
  throw cartChanged.because('The cart was changed while it was checked out, several times. Read it again, then check it out.');
}

async function replyWithOrder(ctx: Ctx, id: string): Promise<Reply> {
  const { text, tag } = await readObject(ctx, orders, id, { fields: null, include: ['items'] });
  return ok(text, etagHeader(tag));
}

function orderOf(ctx: Ctx, cart: CartToOrder, { paymentMethod, expectedTotal }: CheckOutRequest): NewOrder {
  const { id, user_id: userId, version, is_held: isHeld, items } = cart;
  const request: OrderRequest = {
    items: items.map(({ productId, quantity }) => ({ productId, quantity })),
    paymentMethod,
    ...(expectedTotal !== undefined && { expectedTotal }),
    ...(cart.shipping_address && { shippingAddress: cart.shipping_address }),
    ...(cart.billing_address && { billingAddress: cart.billing_address }),
    ...(cart.shipping_method !== null && { shippingMethod: cart.shipping_method }),
    ...(cart.discount_code !== null && { discountCode: cart.discount_code }),
    ...(cart.note !== null && { note: cart.note }),
  };
  const email = userId === null ? cart.email : null;
  return newOrder(request, {
    env: ctx.env,
    items,
    userId,
    cart: { id, version, isHeld, email },
    unpaidLimits: userId === null ? null : unpaidLimitsOf(ctx, request),
    key: ctx.requestKey ?? null,
  });
}

/* The unpaid orders of a guest cannot be counted over all carts, so the pieces of each are bounded. */
function requireComplete(
  { user_id: userId, email, items }: CartToOrder,
  { paymentMethod }: CheckOutRequest,
  { env }: Pick<Ctx, 'env'>,
): void {
  const errors: Violation[] = [];
  if (items.length === 0) errors.push({ pointer: '/quote/items', code: 'required', message: 'the cart is empty: put products into it' });
  if (userId === null && email === null) errors.push({ pointer: '/email', code: 'required', message: 'a guest needs an email address' });
  if (errors.length > 0) throw cartIncomplete.because(`Complete the cart: ${errors.map(({ message }) => message).join('; ')}.`, { errors });
  if (userId !== null) return;
  if (paymentMethod === 'balance') {
    const message = 'a guest has no balance; choose external payment';
    throw invalidBody.because(message, { errors: [{ pointer: '/paymentMethod', code: 'invalid', message }] });
  }
  const { MAX_UNPAID_UNITS_PER_ACCOUNT: most } = env;
  const units = items.reduce((sum, { quantity }) => sum + quantity, 0);
  if (most !== 'off' && units > most) {
    throw tooManyUnpaidOrders.because(`This order has ${units} pieces, and at most ${most} may be unpaid at a time. Order fewer pieces.`);
  }
}
