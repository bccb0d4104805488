import { makeProduct } from '../../factories/products';
import { type Cast, made, type Prepare } from './prepare-write';

/* A cart of the buyer with a line; the path of the cart, and of the line. */
async function cartOf({ shop, admin, buyer }: Cast) {
  const items = [{ productId: await makeProduct(shop, admin), quantity: 2 }];
  const { body } = await shop.call('post', '/v1/carts', { token: buyer.token, body: { items } });
  const path = `/v1/carts/${body.id}`;
  return { id: String(body.id), path, item: `${path}/items/${body.quote.items[0].id}` };
}

const below =
  (path: string, body?: unknown): Prepare =>
  async (cast) => ({ path: `${(await cartOf(cast)).path}${path}`, by: cast.buyer, ...(body !== undefined && { body }) });

/** The cases of the writes of carts. */
export const CART_WRITES: Readonly<Record<string, Prepare>> = {
  createCart: async ({ shop, admin, buyer }) => ({
    path: '/v1/carts',
    by: buyer,
    body: { items: [{ productId: await makeProduct(shop, admin), quantity: 2 }], note: 'Ring twice.' },
  }),
  claimCart: async ({ shop, buyer }) => {
    const { body } = await shop.call('post', '/v1/carts', { body: {} });
    return { path: '/v1/carts/claim', by: buyer, body: { token: body.token } };
  },
  patchCart: below('', { note: 'Ring once.' }),
  deleteCart: below(''),
  bulkCarts: async (cast) => ({
    path: '/v1/carts/bulk',
    by: cast.buyer,
    body: {
      operations: [
        { op: 'update', id: await made({ ...cast, admin: cast.buyer }, '/v1/carts', {}), data: { note: 'Ring once.' } },
        { op: 'delete', id: await made({ ...cast, admin: cast.buyer }, '/v1/carts', {}) },
      ],
      atomic: false,
    },
  }),
  updateMatchingCarts: async (cast) => ({
    path: '/v1/carts/bulk/update',
    by: cast.buyer,
    body: { filter: { id: await made({ ...cast, admin: cast.buyer }, '/v1/carts', {}) }, limit: 1, data: { note: 'Ring once.' } },
  }),
  addCartItems: async (cast) => ({
    ...(await below('/items')(cast)),
    body: { items: [{ productId: await makeProduct(cast.shop, cast.admin), quantity: 1 }] },
  }),
  patchCartItem: async (cast) => ({ path: (await cartOf(cast)).item, by: cast.buyer, body: { quantity: 3 } }),
  deleteCartItem: async (cast) => ({ path: (await cartOf(cast)).item, by: cast.buyer }),
  holdCart: below('/hold'),
  releaseCart: async (cast) => {
    const { path } = await cartOf(cast);
    await cast.shop.call('post', `${path}/hold`, { token: cast.buyer.token });
    return { path: `${path}/hold`, by: cast.buyer };
  },
  checkOutCart: below('/checkout', { paymentMethod: 'external' }),
};
