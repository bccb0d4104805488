import { type Endpoint, type Routes, reads, writes } from '../../http/endpoint';
import { uuid } from '../../schema/schema';
import { created } from '../../http/output/reply';
import { actorId, type Permission } from '../../context/permission';
import { forbidden } from '../../problems/common-problems';
import { resourceEndpoints } from '../../resource/resource-endpoints';
import { tagOf } from '../../resource/read/read-one';
import { objectSchema } from '../../resource/definition/schemas';
import { insufficientBalance, insufficientStock, invalidTransition, productUnavailable, totalMismatch } from '../problems';
import { orderRefundEndpoints } from '../refunds/order-refund.routes';
import { cancelOrder } from './cancel-order';
import { advance } from './order.service';
import { orders } from './order.resource';
import { newOrderSchema } from './order.schemas';
import { placeOrder } from './placing/place-order';

const params = { id: uuid().description('The id of the order.').required() };
const answers = { 200: { about: 'The order.', schema: () => objectSchema(orders), headers: ['ETag'] } } satisfies Endpoint['answers'];

export const orderRoutes: Routes = {
  prefix: orders.prefix,
  tag: orders.tag,
  about: orders.about,
  endpoints: [
    ...resourceEndpoints(orders),
    reads({
      method: 'post',
      path: '/',
      id: 'placeOrder',
      summary: 'Place an order',
      about: 'All or nothing: stock, balance and books change together. A product named twice counts together.',
      access: 'signed-in',
      body: newOrderSchema,
      example: { items: [{ productId: '00c2bf9d-1c00-7107-8000-000000000001', quantity: 2 }], paymentMethod: 'external' },
      answers: {
        201: {
          about: 'The order with its items.',
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
    writes({
      method: 'post',
      path: '/:id/cancel',
      id: 'cancelOrder',
      summary: 'Cancel an order',
      about: 'One’s own, or with orders:cancel any. What it took goes back to stock; what was paid is refunded.',
      access: 'signed-in',
      params,
      honours: ['If-Match'],
      answers,
      problems: [invalidTransition],
      run: (tx, { params: { id }, conditions }) => cancelOrder(tx, id, conditions),
    }),
    ...orderRefundEndpoints,
  ],
};

function move(verb: 'pay' | 'ship' | 'complete', to: 'paid' | 'shipped' | 'completed', access: Permission, summary: string): Endpoint {
  return writes({
    method: 'post',
    path: `/:id/${verb}`,
    id: `${verb}Order`,
    summary,
    access,
    params,
    honours: ['If-Match'],
    answers,
    problems: [invalidTransition],
    run: (tx, { params: { id }, conditions }) => advance(tx, id, to, conditions),
  });
}
