import { type Endpoint, endpoint } from '../../../http/endpoint';
import { objectSchema } from '../../../resource/definition/schemas';
import { uuid } from '../../../schema/schema';
import { orders } from '../../orders/order.resource';
import {
  cartChanged,
  cartIncomplete,
  cartNotOpen,
  insufficientBalance,
  insufficientStock,
  pricingProblems,
  productUnavailable,
  tooManyUnpaidOrders,
  totalMismatch,
} from '../../problems';
import { checkOut } from '../cart.service';
import { checkOutSchema } from './check-out.schemas';

const schema = () => objectSchema(orders);

/** The check-out of a cart, below the cart. */
export const checkOutEndpoints: readonly Endpoint[] = [
  endpoint({
    transaction: 'statement',
    method: 'post',
    path: '/:id/checkout',
    operationId: 'checkOutCart',
    summary: 'Make a cart an order',
    description:
      'Once, however often it is sent: a cart that is ordered already answers with its order. It costs what the quote of the cart says, or is refused; what the cart holds is sold to it.',
    access: 'guest',
    params: { id: uuid().description('The id of the cart.').required() },
    body: checkOutSchema,
    example: { paymentMethod: 'external', expectedTotal: '36.00' },
    requiresIdempotencyKey: true,
    responses: {
      200: { description: 'The order that the cart became before, with its items.', schema, headers: ['ETag'] },
      201: { description: 'The order with its items.', schema, headers: ['Location', 'ETag'] },
    },
    problems: [
      cartNotOpen,
      cartChanged,
      cartIncomplete,
      tooManyUnpaidOrders,
      insufficientStock,
      insufficientBalance,
      totalMismatch,
      productUnavailable,
      ...pricingProblems,
    ],
    run: (ctx, { params: { id }, body }) => checkOut(ctx, id, body),
  }),
];
