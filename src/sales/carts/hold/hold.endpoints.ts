import { type Endpoint, endpoint } from '../../../http/endpoint';
import { objectSchema } from '../../../resource/definition/schemas';
import { uuid } from '../../../schema/schema';
import { cartIncomplete, cartNotOpen, holdNotExtendable, insufficientStock, productUnavailable } from '../../problems';
import { carts } from '../cart.resource';
import { holdCart, releaseCart } from '../cart.service';

const shared = {
  transaction: 'managed',
  access: 'guest',
  params: { id: uuid().description('The id of the cart.').required() },
  conditionalHeaders: ['If-Match'],
  responses: { 200: { description: 'The cart with its quote.', schema: () => objectSchema(carts), headers: ['ETag'] } },
} as const;

/** The endpoints of a cart's hold, below the cart. */
export const holdEndpoints: readonly Endpoint[] = [
  endpoint({
    ...shared,
    method: 'post',
    path: '/:id/hold',
    operationId: 'holdCart',
    summary: 'Hold the goods of a cart',
    description:
      'Takes them out of stock for CART_HOLD_MINUTES, so that nobody else buys them; a held cart is held for as long again, once. Lines that change meanwhile take or give the difference.',
    problems: [cartNotOpen, cartIncomplete, insufficientStock, productUnavailable, holdNotExtendable],
    run: (tx, { params: { id }, conditions }) => holdCart(tx, id, conditions),
  }),
  endpoint({
    ...shared,
    method: 'delete',
    path: '/:id/hold',
    operationId: 'releaseCart',
    summary: 'Release the goods of a cart',
    problems: [cartNotOpen],
    run: (tx, { params: { id }, conditions }) => releaseCart(tx, id, conditions),
  }),
];
