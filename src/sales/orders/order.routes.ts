import type { TxContext } from '../../context/context';
import type { Permission } from '../../context/permission';
import { type Conditions, type Endpoint, endpoint } from '../../http/endpoint';
import { apiRouter } from '../../http/routing/api-router';
import { forbidden } from '../../problems/common-problems';
import { objectSchema } from '../../resource/definition/schemas';
import { type Found, replyWith } from '../../resource/read/read-one';
import { resourceEndpoints } from '../../resource/resource-endpoints';
import { uuid } from '../../schema/schema';
import {
  balanceLimitExceeded,
  insufficientBalance,
  insufficientStock,
  invalidTransition,
  nothingToShip,
  pricingProblems,
  productUnavailable,
  secondPersonRequired,
  tooManyUnpaidOrders,
  totalMismatch,
} from '../problems';
import { orderRefundEndpoints } from '../refunds/order-refund.endpoints';
import { orderReturnEndpoints } from '../returns/order-return.endpoints';
import { orderShipmentEndpoints } from '../shipments/order-shipment.endpoints';
import { orderImportEndpoints } from './import/order-import.endpoints';
import { orders } from './order.resource';
import { newOrderSchema } from './order.schemas';
import { cancelOrder, completeOrder, orderService, payOrder, placeOrder, quoteOrder, rowsOfCancellation, shipOrder } from './order.service';
import { newQuoteSchema, quoteSchema } from './quote/quote.schemas';

const params = { id: uuid().description('The id of the order.').required() };
const responses = {
  200: { description: 'The order.', schema: () => objectSchema(orders), headers: ['ETag'] },
} satisfies Endpoint['responses'];

export const orderRouter = apiRouter({
  prefix: orders.prefix,
  tag: orders.tag,
  description: orders.description,
  endpoints: [
    ...resourceEndpoints(orderService),
    endpoint({
      transaction: 'statement',
      method: 'post',
      path: '/',
      operationId: 'placeOrder',
      summary: 'Place an order',
      description:
        'All or nothing: stock, balance and books change together. The quantities of a product that is named twice are added up. An account may have a limited number of unpaid orders and pieces at a time.',
      access: 'signed-in',
      body: newOrderSchema,
      example: { items: [{ productId: '00c2bf9d-1c00-7107-8000-000000000001', quantity: 2 }], paymentMethod: 'external' },
      responses: {
        201: { description: 'The order with its items.', schema: () => objectSchema(orders), headers: ['Location', 'ETag'] },
      },
      requiresIdempotencyKey: true,
      problems: [
        forbidden,
        tooManyUnpaidOrders,
        insufficientStock,
        insufficientBalance,
        totalMismatch,
        productUnavailable,
        ...pricingProblems,
      ],
      run: (ctx, { body }) => placeOrder(ctx, body),
    }),
    endpoint({
      transaction: 'none',
      method: 'post',
      isRead: true,
      path: '/quote',
      operationId: 'quoteOrder',
      summary: 'Quote an order',
      description: 'What an order would cost now, to the cent, by the statement that places it. Changes nothing, and reserves nothing.',
      access: 'public',
      body: newQuoteSchema,
      example: { items: [{ productId: '00c2bf9d-1c00-7107-8000-000000000001', quantity: 2 }] },
      responses: { 200: { description: 'The quote.', schema: quoteSchema } },
      problems: [insufficientStock, productUnavailable, ...pricingProblems],
      run: (ctx, { body }) => quoteOrder(ctx, body),
    }),
    transition('pay', 'orders:pay', 'Mark an order as paid outside the shop', payOrder, {
      description: 'Nobody marks their own orders as paid: that takes a second person.',
      problems: [secondPersonRequired],
      requiresIdempotencyKey: true,
    }),
    transition('ship', 'orders:ship', 'Ship all that is left of an order', shipOrder, {
      description: 'In one shipment without a carrier; POST …/shipments names the carrier, and ships in parts.',
      problems: [nothingToShip],
    }),
    transition('complete', 'orders:complete', 'Complete an order', completeOrder),
    endpoint({
      transaction: 'managed',
      method: 'post',
      path: '/:id/cancel',
      operationId: 'cancelOrder',
      summary: 'Cancel an order',
      description:
        'Customers cancel their own orders; orders:cancel allows any. The goods go back to stock, and what was paid is refunded.',
      access: 'guest',
      params,
      conditionalHeaders: ['If-Match'],
      responses,
      problems: [invalidTransition, balanceLimitExceeded],
      rows: (ctx, { params: { id } }) => rowsOfCancellation(ctx, id),
      run: async (tx, { params: { id }, conditions }) => replyWith(await cancelOrder(tx, id, conditions)),
    }),
    ...orderShipmentEndpoints,
    ...orderReturnEndpoints,
    ...orderRefundEndpoints,
    ...orderImportEndpoints,
  ],
});

type Transition = (tx: TxContext, id: string, conditions: Conditions) => Promise<Found>;

function transition(
  verb: 'pay' | 'ship' | 'complete',
  access: Permission,
  summary: string,
  move: Transition,
  { problems = [], ...described }: Partial<Pick<Endpoint, 'description' | 'problems' | 'requiresIdempotencyKey'>> = {},
): Endpoint {
  return endpoint({
    ...described,
    transaction: 'managed',
    method: 'post',
    path: `/:id/${verb}`,
    operationId: `${verb}Order`,
    summary,
    access,
    params,
    conditionalHeaders: ['If-Match'],
    responses,
    problems: [invalidTransition, ...problems],
    run: async (tx, { params: { id }, conditions }) => replyWith(await move(tx, id, conditions)),
  });
}
