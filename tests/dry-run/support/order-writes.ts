import { makeProduct } from '../../factories/products';
import { type Cast, imported, made, type Prepare, unique } from './prepare-write';

const order = async ({ shop, admin, buyer }: Cast, paymentMethod = 'external') => {
  const items = [{ productId: await makeProduct(shop, admin), quantity: 2 }];
  return made({ shop, admin: buyer, buyer }, '/v1/orders', { items, paymentMethod });
};

const transition = (verb: string, before: readonly string[], who: 'admin' | 'buyer' = 'admin'): Prepare => {
  return async (cast) => {
    const id = await order(cast);
    for (const step of before) await cast.shop.call('post', `/v1/orders/${id}/${step}`, { token: cast.admin.token });
    return { path: `/v1/orders/${id}/${verb}`, by: cast[who] };
  };
};

const shipment = async (cast: Cast) => {
  const id = await order(cast);
  await cast.shop.call('post', `/v1/orders/${id}/pay`, { token: cast.admin.token });
  return made(cast, `/v1/orders/${id}/shipments`, {});
};

const returned = (verb: string, before: readonly string[]): Prepare => {
  return async (cast) => {
    const { path } = await transition('returns', ['pay', 'ship'])(cast);
    const id = await made(cast, path, {});
    for (const step of before)
      await cast.shop.call('post', `/v1/returns/${id}/${step}`, { token: cast.admin.token, ...(step === 'receive' && { body: {} }) });
    return { path: `/v1/returns/${id}/${verb}`, by: cast.admin };
  };
};

/** Each write of orders and of what hangs on them, by operation id. */
export const ORDER_WRITES: Readonly<Record<string, Prepare>> = {
  placeOrder: async ({ shop, admin, buyer }) => ({
    path: '/v1/orders',
    by: buyer,
    body: { items: [{ productId: await makeProduct(shop, admin), quantity: 2 }], paymentMethod: 'external' },
  }),
  importOrders: imported('/v1/orders', 'orderNumber,placedAt,currency,sku,productName,quantity,unitPrice', () => {
    const sku = unique('sku');
    return `${sku.toUpperCase()},2020-01-01T00:00:00Z,USD,${sku},Gone,1,5.00`;
  }),
  payOrder: transition('pay', []),
  shipOrder: transition('ship', ['pay']),
  createShipment: async (cast) => ({ ...(await transition('shipments', ['pay'])(cast)), body: { carrier: 'DHL' } }),
  patchShipment: async (cast) => ({ path: `/v1/shipments/${await shipment(cast)}`, by: cast.admin, body: { carrier: 'UPS' } }),
  bulkShipments: async (cast) => ({
    path: '/v1/shipments/bulk',
    by: cast.admin,
    body: { operations: [{ op: 'update', id: await shipment(cast), data: { carrier: 'UPS' } }] },
  }),
  updateMatchingShipments: async (cast) => ({
    path: '/v1/shipments/bulk/update',
    by: cast.admin,
    body: { filter: { id: await shipment(cast) }, limit: 1, data: { carrier: 'UPS' } },
  }),
  completeOrder: transition('complete', ['pay', 'ship']),
  cancelOrder: transition('cancel', ['pay'], 'buyer'),
  resolvePayment: async (cast) => {
    const [payment] = await cast.shop.query<{ id: string }>(
      `INSERT INTO payments (id, order_id, provider, provider_reference, amount, currency, status, reason, received_at)
       VALUES (uuid_v7(), $1::uuid, 'standard-webhooks', $2, 1.00, 'USD', 'held', 'amount_differs', now()) RETURNING id`,
      [await order(cast), unique('pay')],
    );
    return { path: `/v1/payments/${payment?.id}/resolve`, by: cast.admin, body: { outcome: 'accepted' } };
  },
  refundOrder: async (cast) => ({ ...(await transition('refunds', ['pay'])(cast)), body: { amount: '5.00', reason: 'Broken' } }),
  requestReturn: async (cast) => ({ ...(await transition('returns', ['pay', 'ship'], 'buyer')(cast)), body: {} }),
  requestWithdrawal: async (cast) => ({ ...(await transition('withdrawals', ['pay', 'ship'], 'buyer')(cast)), body: {} }),
  confirmWithdrawal: async (cast) => {
    const { path, by } = await transition('withdrawals', ['pay'], 'buyer')(cast);
    const { body } = await cast.shop.call('post', path, { token: by.token, body: {} });
    return { path: `/v1/returns/${body.id}/confirm`, by, body: { token: body.confirmationToken } };
  },
  acceptReturn: returned('accept', []),
  rejectReturn: returned('reject', []),
  receiveReturn: async (cast) => ({ ...(await returned('receive', ['accept'])(cast)), body: { restock: true } }),
  closeReturn: returned('close', ['accept', 'receive']),
};
