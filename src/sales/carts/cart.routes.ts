import { endpoint } from '../../http/endpoint';
import { apiRouter } from '../../http/routing/api-router';
import { notFound } from '../../problems/common-problems';
import { objectSchema } from '../../resource/definition/schemas';
import { replyWith } from '../../resource/read/read-one';
import { resourceEndpoints } from '../../resource/resource-endpoints';
import { object, text } from '../../schema/schema';
import { pricingProblems, productUnavailable } from '../problems';
import { carts } from './cart.resource';
import { cartService, claimCart, createCart } from './cart.service';
import { checkOutEndpoints } from './checkout/check-out.endpoints';
import { createdCartSchema, newCartSchema } from './creation/new-cart.schemas';
import { holdEndpoints } from './hold/hold.endpoints';
import { cartItemEndpoints } from './items/cart-item.endpoints';

export const cartRouter = apiRouter({
  prefix: carts.prefix,
  tag: carts.tag,
  description: carts.description,
  endpoints: [
    endpoint({
      transaction: 'managed',
      method: 'post',
      path: '/',
      operationId: 'createCart',
      summary: 'Make a cart',
      description: 'Anybody may. A guest gets the token of the cart, this once, and sends it as X-Guest-Token from then on.',
      access: 'public',
      body: newCartSchema(),
      example: { items: [{ productId: '00c2bf9d-1c00-7107-8000-000000000001', quantity: 2 }] },
      responses: { 201: { description: 'The cart with its quote.', schema: createdCartSchema, headers: ['Location', 'ETag'] } },
      problems: [productUnavailable, ...pricingProblems],
      anonymousClient: () => 'new cart',
      repliesWithSecret: true,
      rows: () => [],
      run: (tx, { body }) => createCart(tx, body),
    }),
    endpoint({
      transaction: 'managed',
      method: 'post',
      path: '/claim',
      operationId: 'claimCart',
      summary: 'Take over the cart of a guest',
      description: 'A guest who has signed up takes the cart, and the order that it became, along. The token ends.',
      access: 'signed-in',
      body: object({ token: text(43, 43).description('The token of the guest.') }),
      example: { token: 'q7Jx2c0m9cX0sB9b6n8Jc1m4W0a3F5r7T9v1x3z5B7d' },
      responses: { 200: { description: 'The cart.', schema: () => objectSchema(carts), headers: ['ETag'] } },
      problems: [notFound],
      rows: () => [],
      run: async (tx, { body }) => replyWith(await claimCart(tx, body.token)),
    }),
    ...resourceEndpoints(cartService),
    ...cartItemEndpoints,
    ...holdEndpoints,
    ...checkOutEndpoints,
  ],
});
