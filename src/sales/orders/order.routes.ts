import { actorId, type Permission } from '../../context/permission';
import { type Endpoint, endpoint } from '../../http/endpoint';
import { created } from '../../http/output/reply';
import { apiRouter } from '../../http/routing/api-router';
import { forbidden } from '../../problems/common-problems';
import { objectSchema } from '../../resource/definition/schemas';
import { tagOf } from '../../resource/read/read-one';
import { resourceEndpoints } from '../../resource/resource-endpoints';
import { uuid } from '../../schema/schema';
import { insufficientBalance, insufficientStock, invalidTransition, productUnavailable, totalMismatch } from '../problems';
import { orderRefundEndpoints } from '../refunds/order-refund.routes';
import { cancelOrder } from './cancel-order';
import { orders } from './order.resource';
import { newOrderSchema } from './order.schemas';
import { advance, orderService } from './order.service';
import { placeOrder } from './placing/place-order';

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
      transaction: 'none',
      method: 'post',
      path: '/',
      operationId: 'placeOrder',
      summary: 'Place an order',
      description: 'All or nothing: stock, balance and books change together. A product named twice counts together.',
      access: 'signed-in',
      body: newOrderSchema,
      example: { items: [{ productId: '00c2bf9d-1c00-7107-8000-000000000001', quantity: 2 }], paymentMethod: 'external' },
      responses: {
        201: {
          description: 'The order with its items.',
          schema: () => objectSchema(orders),
          headers: ['Location', 'ETag'],
        },
      },
      problems: [forbidden, insufficientStock, insufficientBalance, totalMismatch, productUnavailable],
      run: async (ctx, { body }) => {
        const placed = await placeOrder(ctx, actorId(ctx.actor) as string, body);
        return created(`${orders.prefix}/${placed.id}`, placed.text, tagOf(orders, placed));
      },
    }),
    move('pay', 'paid', 'orders:pay', 'Note that an order was paid outside'),
    move('ship', 'shipped', 'orders:ship', 'Note that an order was shipped'),
    move('complete', 'completed', 'orders:complete', 'Complete an order'),
    endpoint({
      transaction: 'managed',
      method: 'post',
      path: '/:id/cancel',
      operationId: 'cancelOrder',
      summary: 'Cancel an order',
      description: 'One’s own, or with orders:cancel any. What it took goes back to stock; what was paid is refunded.',
      access: 'signed-in',
      params,
      conditionalHeaders: ['If-Match'],
      responses,
      problems: [invalidTransition],
      run: (tx, { params: { id }, conditions }) => cancelOrder(tx, id, conditions),
    }),
    ...orderRefundEndpoints,
  ],
});

function move(verb: 'pay' | 'ship' | 'complete', to: 'paid' | 'shipped' | 'completed', access: Permission, summary: string): Endpoint {
  return endpoint({
    transaction: 'managed',
    method: 'post',
    path: `/:id/${verb}`,
    operationId: `${verb}Order`,
    summary,
    access,
    params,
    conditionalHeaders: ['If-Match'],
    responses,
    problems: [invalidTransition],
    run: (tx, { params: { id }, conditions }) => advance(tx, id, to, conditions),
  });
}
