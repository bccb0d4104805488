import { users } from '../../accounts';
import { becomes } from '../../events/definition/event-rule';
import { jsonOf } from '../../resource/definition/columns';
import { defineResource } from '../../resource/definition/resource';
import { orders } from '../orders/order.resource';
import { cartNotOpen, pricingProblems } from '../problems';
import { Cart } from './cart.model';
import { visibleCarts } from './cart.policy';
import { cartFields } from './cart.schemas';
import { cartQuote } from './quote/cart-quote.statement';

/** Carts: what buyers have in hand. */
export const carts = defineResource({
  name: 'carts',
  one: 'cart',
  prefix: '/v1/carts',
  tag: 'Carts',
  description:
    'What buyers have in hand: lines, addresses, shipping and a code, with an exact quote in every answer. A guest comes back with the token of the cart as X-Guest-Token; customers see their own.',
  model: () => Cart,
  fields: cartFields,
  expressions: {
    quote: cartQuote,
    expiresAt: ({ env: { CART_EXPIRES_DAYS = 0 } }, alias) =>
      jsonOf(`(${alias}.updated_at + interval '${CART_EXPIRES_DAYS} days')`, cartFields.expiresAt),
  },
  includes: {
    order: { resource: () => orders, seenWithParent: true },
    user: { resource: () => users, withDeleted: true },
  },
  scope: visibleCarts,
  access: { read: 'guest', write: 'guest' },
  verbs: ['list', 'read', 'patch', 'delete'],
  problems: [cartNotOpen, ...pricingProblems],
  events: {
    ordered: becomes('status', 'ordered', 'A cart became an order.'),
    abandoned: becomes('status', 'abandoned', 'A cart was left alone for CART_EXPIRES_DAYS.'),
  },
  example: { discountCode: 'SPRING-10' },
});
