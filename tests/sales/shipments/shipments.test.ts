import { makeProduct, stockOf } from '../../factories/products';
import { behindLock } from '../../support/behind-lock';
import { useShop } from '../../support/use-shop';

const { shop, manager, buyer, other } = useShop({ manager: 'manager', buyer: 'customer', other: 'customer' });

interface Sale {
  readonly id: string;
  readonly productIds: readonly string[];
}

/** A paid order of these quantities, each of a product of its own. */
async function sale(quantities: readonly number[] = [3, 2]): Promise<Sale> {
  const productIds = await Promise.all(quantities.map(() => makeProduct(shop, manager)));
  const items = quantities.map((quantity, index) => ({ productId: productIds[index], quantity }));
  const { body } = await shop.call('post', '/v1/orders', { token: buyer.token, body: { items, paymentMethod: 'external' } });
  await move(body.id, 'pay');
  return { id: body.id, productIds };
}

const move = (id: string, verb: string) => shop.call('post', `/v1/orders/${id}/${verb}`, { token: manager.token });
const ship = (id: string, body: Record<string, unknown> = {}) =>
  shop.call('post', `/v1/orders/${id}/shipments`, { token: manager.token, body });
const refund = (id: string, body: Record<string, unknown>) => shop.call('post', `/v1/orders/${id}/refunds`, { token: manager.token, body });
const statusOf = async (id: string) => (await shop.call('get', `/v1/orders/${id}`, { token: manager.token })).body.status;
const shippedOf = (id: string) =>
  shop.query(
    `SELECT i.product_id, sum(h.quantity)::int AS shipped FROM shipment_items h JOIN order_items i ON i.id = h.order_item_id
     WHERE i.order_id = $1::uuid GROUP BY i.product_id ORDER BY i.product_id`,
    [id],
  );

test('ships an order in parts: partly_shipped with the first, shipped with the last piece', async () => {
  const { id, productIds } = await sale();
  const first = await ship(id, { items: [{ productId: productIds[0], quantity: 2 }], carrier: 'DHL', trackingNumber: '0034' });
  expect(first.status).toBe(201);
  expect(first.body).toMatchObject({ orderId: id, carrier: 'DHL', trackingNumber: '0034', items: [{ quantity: 2 }] });
  expect(await statusOf(id)).toBe('partly_shipped');
  expect((await move(id, 'cancel')).body).toMatchObject({ status: 409, code: 'invalid_transition' });
  const rest = await ship(id);
  expect(rest.body.items.map(({ quantity }: { quantity: number }) => quantity).sort()).toEqual([1, 2]);
  const { body: order } = await shop.call('get', `/v1/orders/${id}?include=shipments`, { token: buyer.token });
  expect(order).toMatchObject({ status: 'shipped', shippedAt: expect.any(String) });
  expect(order.shipments).toHaveLength(2);
  expect((await ship(id)).body).toMatchObject({ status: 409, code: 'invalid_transition' });
});

test('refuses more than is left, unknown lines and unpaid orders, and ships nothing', async () => {
  const { id, productIds } = await sale();
  const [productId] = productIds;
  await ship(id, { items: [{ productId, quantity: 2 }] });
  const before = await shippedOf(id);
  const tooMany = [
    { productId, quantity: 1 },
    { productId, quantity: 1 },
  ];
  expect((await ship(id, { items: tooMany })).body).toMatchObject({
    status: 409,
    code: 'shipment_exceeds_order',
    errors: [0, 1].map((index) => ({ pointer: `/items/${index}/quantity`, code: 'too_large', message: `product ${productId}: at most 1` })),
  });
  const unknown = { orderItemId: '01890a5d-ac96-774b-bcce-b302099a8057', quantity: 1 };
  expect((await ship(id, { items: [unknown] })).body).toMatchObject({
    status: 422,
    code: 'invalid_body',
    errors: [{ pointer: '/items/0/orderItemId', code: 'unknown_line' }],
  });
  expect([await shippedOf(id), await statusOf(id)]).toEqual([before, 'partly_shipped']);
  const items = [{ productId, quantity: 1 }];
  const unpaid = await shop.call('post', '/v1/orders', { token: buyer.token, body: { items, paymentMethod: 'external' } });
  expect((await ship(unpaid.body.id)).body).toMatchObject({ status: 409, code: 'invalid_transition' });
  expect([await shippedOf(unpaid.body.id), await statusOf(unpaid.body.id)]).toEqual([[], 'pending']);
});

test('does not ship what went back to stock, and an order without anything left to ship is shipped', async () => {
  const { id, productIds } = await sale();
  const [first, second] = productIds;
  await refund(id, { amount: '10.00', restock: [{ productId: first, quantity: 1 }] });
  const excess = await ship(id, { items: [{ productId: first, quantity: 3 }] });
  expect(excess.body).toMatchObject({ code: 'shipment_exceeds_order', errors: [{ message: `product ${first}: at most 2` }] });
  await ship(id, { items: [{ productId: first, quantity: 2 }] });
  expect(await statusOf(id)).toBe('partly_shipped');
  await refund(id, { amount: '20.00', restock: [{ productId: second, quantity: 2 }] });
  expect(await statusOf(id)).toBe('shipped');
  expect(await stockOf(shop, String(second))).toEqual({ stock: 10, ledger: 10 });
  const emptied = await sale([1]);
  await refund(emptied.id, { amount: '1.00', restock: [{ productId: emptied.productIds[0], quantity: 1 }] });
  expect((await move(emptied.id, 'ship')).body).toMatchObject({ status: 409, code: 'nothing_to_ship' });
  expect(await statusOf(emptied.id)).toBe('paid');
});

test('shipments of one order at once ship each piece once', async () => {
  const { id, productIds } = await sale([6]);
  const items = [{ productId: productIds[0], quantity: 2 }];
  const replies = await Promise.all([...Array.from({ length: 5 }, () => ship(id, { items })), move(id, 'ship')]);
  for (const { status } of replies) expect([200, 201, 409]).toContain(status);
  expect([await shippedOf(id), await statusOf(id)]).toEqual([[{ product_id: productIds[0], shipped: 6 }], 'shipped']);
});

test('ships what is left once another process, which it waited for, has shipped a part', async () => {
  const { id, productIds } = await sale([3]);
  const sql = `WITH s AS (INSERT INTO shipments (id, order_id, shipped_at) VALUES (uuid_v7(), $1::uuid, now()) RETURNING id)
    INSERT INTO shipment_items (id, shipment_id, order_item_id, quantity)
    SELECT uuid_v7(), s.id, i.id, 1 FROM s, order_items i WHERE i.order_id = $1::uuid`;
  expect((await behindLock(shop, { sql, values: [id] }, () => move(id, 'ship'))).body).toMatchObject({ status: 'shipped' });
  expect(await shippedOf(id)).toEqual([{ product_id: productIds[0], shipped: 3 }]);
});

test('the database refuses raw shipments beyond the order, of other orders, of unpaid ones, and any change of them', async () => {
  const { id, productIds } = await sale([2]);
  const foreign = await sale([1]);
  const { body: shipment } = await ship(id, { items: [{ productId: productIds[0], quantity: 1 }] });
  const insert = (order: string, quantity: number) =>
    shop.query(
      `INSERT INTO shipment_items (id, shipment_id, order_item_id, quantity)
       SELECT uuid_v7(), s.id, i.id, $3 FROM shipments s, order_items i WHERE s.id = $1::uuid AND i.order_id = $2::uuid`,
      [shipment.id, order, quantity],
    );
  const refused = { original: { code: '23514' } };
  await shop.query(`INSERT INTO shipments (id, order_id, shipped_at) VALUES ($2::uuid, $1::uuid, now())`, [foreign.id, foreign.id]);
  await expect(insert(foreign.id, 1)).rejects.toMatchObject({ original: { constraint: 'shipment_items_order_item_id_check' } });
  await expect(shop.query('UPDATE shipment_items SET quantity = 9 WHERE shipment_id = $1::uuid', [shipment.id])).rejects.toMatchObject({
    original: { code: '42501' },
  });
  await expect(shop.query('UPDATE order_items SET quantity = 0 WHERE order_id = $1::uuid', [id])).rejects.toMatchObject(refused);
  await expect(shop.query('UPDATE shipments SET order_id = $2::uuid WHERE id = $1::uuid', [shipment.id, foreign.id])).rejects.toMatchObject(
    refused,
  );
  const more = `INSERT INTO shipment_items (id, shipment_id, order_item_id, quantity)
    SELECT uuid_v7(), $2::uuid, i.id, $3 FROM order_items i WHERE i.order_id = $1::uuid`;
  const next = '01890a5d-ac96-774b-bcce-b302099a8057';
  await shop.query('INSERT INTO shipments (id, order_id, shipped_at) VALUES ($2::uuid, $1::uuid, now())', [id, next]);
  await expect(shop.query(more, [id, next, 2])).rejects.toMatchObject({ original: { constraint: 'shipment_items_left_check' } });
  expect(await shippedOf(id)).toEqual([{ product_id: productIds[0], shipped: 1 }]);
});

test('shows shipments to their customer alone, and lets staff change the tracking and nothing else', async () => {
  const { id } = await sale([1]);
  const { body: shipment } = await ship(id);
  const path = `/v1/shipments/${shipment.id}`;
  expect((await shop.call('get', `${path}?include=items`, { token: buyer.token })).body.items).toHaveLength(1);
  expect((await shop.call('get', `/v1/orders/${id}/shipments`, { token: buyer.token })).body.data).toMatchObject([{ id: shipment.id }]);
  expect((await shop.call('get', path, { token: other.token })).status).toBe(404);
  expect((await shop.call('get', `/v1/orders/${id}/shipments`, { token: other.token })).status).toBe(404);
  const patch = (token: string, body: Record<string, unknown>) => shop.call('patch', path, { token, body });
  expect((await patch(buyer.token, { carrier: 'UPS' })).status).toBe(403);
  expect((await patch(manager.token, { orderId: id })).body).toMatchObject({ status: 422, code: 'invalid_body' });
  expect((await patch(manager.token, { deliveredAt: '2001-01-01T00:00:00Z' })).status).toBe(422);
  expect((await patch(manager.token, { carrier: 'UPS', trackingNumber: '1Z' })).body).toMatchObject({ carrier: 'UPS', version: 2 });
});
