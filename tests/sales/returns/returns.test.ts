import { makeProduct, stockOf } from '../../factories/products';
import { useShop } from '../../support/use-shop';
import { guestCart } from '../carts/support/carts';

const { shop, manager, support, buyer, other } = useShop(
  { manager: 'manager', support: 'support', buyer: 'customer', other: 'customer' },
  { WITHDRAWAL_DAYS: '14' },
);

interface Sale {
  readonly id: string;
  readonly productIds: readonly string[];
}

/** An order of these quantities, each of a product of its own, moved on by the verbs. */
async function sale(verbs: readonly string[], quantities: readonly number[] = [3, 2], price = '10.00'): Promise<Sale> {
  const productIds = await Promise.all(quantities.map(() => makeProduct(shop, manager, { price })));
  const items = quantities.map((quantity, index) => ({ productId: productIds[index], quantity }));
  const { body } = await shop.call('post', '/v1/orders', { token: buyer.token, body: { items, paymentMethod: 'external' } });
  for (const verb of verbs) await send(`/v1/orders/${body.id}/${verb}`, undefined, manager.token);
  return { id: body.id, productIds };
}

const send = (path: string, body: unknown, token = buyer.token) => shop.call('post', path, { token, ...(body !== undefined && { body }) });
const askBack = (id: string, body: Record<string, unknown> = {}) => send(`/v1/orders/${id}/returns`, body);
const withdraw = (id: string, body: Record<string, unknown> = {}) => send(`/v1/orders/${id}/withdrawals`, body);
const confirm = (id: string, token: string) => send(`/v1/returns/${id}/confirm`, { token });
const handle = (id: string, verb: string, body?: unknown) => send(`/v1/returns/${id}/${verb}`, body, support.token);
const refund = (id: string, body: Record<string, unknown>) => send(`/v1/orders/${id}/refunds`, body, manager.token);
const orderOf = async (id: string) => (await shop.call('get', `/v1/orders/${id}`, { token: manager.token })).body;
const stocksOf = (ids: readonly string[]) => Promise.all(ids.map(async (id) => (await stockOf(shop, id)).stock));
const returnsOf = (id: string) => shop.query('SELECT status, receipt FROM returns WHERE order_id = $1::uuid ORDER BY id', [id]);

test('takes a return from its request to its refund, and pays each piece back once', async () => {
  const { id, productIds } = await sale(['pay', 'ship']);
  const [productId] = productIds;
  const asked = await askBack(id, { items: [{ productId, quantity: 2 }], reason: 'Too small.' });
  expect(asked.body).toMatchObject({ kind: 'return', status: 'requested', receipt: null, items: [{ quantity: 2, unshippedQuantity: 0 }] });
  const returnId = asked.body.id;
  expect((await refund(id, { returnId })).body).toMatchObject({ status: 409, code: 'not_refundable' });
  expect((await handle(returnId, 'receive', {})).body).toMatchObject({ status: 409, code: 'invalid_transition' });
  expect((await handle(returnId, 'accept')).body.status).toBe('accepted');
  expect((await refund(id, { returnId, restockItems: true })).body).toMatchObject({ status: 409, code: 'not_refundable' });
  expect((await handle(returnId, 'receive', { restock: true })).body).toMatchObject({ status: 'received', receivedAt: expect.any(String) });
  expect(await stocksOf(productIds)).toEqual([9, 8]);
  const paid = await refund(id, { returnId });
  expect(paid.body).toMatchObject({ amount: '20.00', returnId, items: [{ quantity: 2, amount: '20.00' }], restock: [] });
  expect((await refund(id, { returnId })).body).toMatchObject({ status: 409, code: 'already_refunded' });
  expect((await refund(id, { items: [{ productId, quantity: 2 }] })).body).toMatchObject({
    status: 409,
    code: 'already_refunded',
    errors: [{ pointer: '/items/0/quantity', message: `product ${productId}: at most 1` }],
  });
  expect((await handle(returnId, 'close')).body).toMatchObject({ status: 'closed', closedAt: expect.any(String) });
  expect((await handle(returnId, 'reject')).body).toMatchObject({ status: 409, code: 'invalid_transition' });
  expect(await stocksOf(productIds)).toEqual([9, 8]);
});

test('refuses more than was shipped and not returned, and lets rejected pieces be asked for again', async () => {
  const { id, productIds } = await sale(['pay']);
  const [productId] = productIds;
  expect((await askBack(id)).body).toMatchObject({ status: 409, code: 'nothing_to_return' });
  await send(`/v1/orders/${id}/shipments`, { items: [{ productId, quantity: 2 }] }, manager.token);
  expect((await askBack(id, { items: [{ productId, quantity: 3 }] })).body).toMatchObject({
    status: 409,
    code: 'return_exceeds_shipped',
    errors: [{ pointer: '/items/0/quantity', code: 'too_large', message: `product ${productId}: at most 2` }],
  });
  const first = await askBack(id, { items: [{ productId, quantity: 2 }] });
  expect((await askBack(id)).body).toMatchObject({ status: 409, code: 'nothing_to_return' });
  await handle(first.body.id, 'reject');
  expect((await askBack(id)).body).toMatchObject({ status: 'requested', items: [{ quantity: 2 }] });
  expect(await returnsOf(id)).toEqual(['rejected', 'requested'].map((status) => ({ status, receipt: null })));
});

test('withdraws in two steps: a statement first, then the receipt to the second, once however often it is confirmed', async () => {
  const { id, productIds } = await sale(['pay', 'ship']);
  const first = await withdraw(id, { items: [{ productId: productIds[1], quantity: 2 }] });
  expect(first.status).toBe(201);
  const { orderNumber } = await orderOf(id);
  expect(first.body).toMatchObject({ kind: 'withdrawal', status: 'pending', receipt: null, name: 'Test Person', email: buyer.email });
  expect(first.body.statement).toMatch(new RegExp(`^I, Test Person, withdraw from the contract of order ${orderNumber}, .*: 2 x Product`));
  const { id: returnId, confirmationToken } = first.body;
  expect((await confirm(returnId, 'wrong')).body).toMatchObject({ status: 422, errors: [{ pointer: '/token', code: 'wrong_token' }] });
  expect((await handle(returnId, 'accept')).body).toMatchObject({ status: 409, code: 'invalid_transition' });
  expect(await returnsOf(id)).toEqual([{ status: 'pending', receipt: null }]);
  const confirmed = await Promise.all([1, 2, 3].map(() => confirm(returnId, confirmationToken)));
  const [{ body }] = confirmed as [(typeof confirmed)[number]];
  for (const reply of confirmed) expect([reply.status, reply.body]).toEqual([200, body]);
  expect(body).toMatchObject({ status: 'accepted', version: 2 });
  expect(body.receipt).toEqual({
    number: body.returnNumber,
    receivedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
    orderNumber,
    name: 'Test Person',
    email: buyer.email,
    statement: first.body.statement,
    items: [expect.objectContaining({ quantity: 2 })],
  });
  expect(new Date(body.receipt.receivedAt)).toEqual(new Date(body.confirmedAt));
  expect(await stocksOf(productIds)).toEqual([7, 8]);
});

test('a withdrawal from all of an order before it is shipped cancels it, whether it is paid or not', async () => {
  for (const verbs of [[], ['pay']]) {
    const { id, productIds } = await sale(verbs);
    const { body } = await withdraw(id);
    expect((await orderOf(id)).status).toBe(verbs.length === 0 ? 'pending' : 'paid');
    const confirmed = await confirm(body.id, body.confirmationToken);
    expect(confirmed.body).toMatchObject({ status: 'closed', items: [{ quantity: 3, unshippedQuantity: 3 }, { unshippedQuantity: 2 }] });
    expect([(await orderOf(id)).status, await stocksOf(productIds)]).toEqual(['cancelled', [10, 10]]);
    expect((await withdraw(id)).body).toMatchObject({ status: 409, code: 'not_returnable' });
  }
});

test('a withdrawal from a partly shipped order refunds what is not shipped at once, and awaits the rest', async () => {
  const { id, productIds } = await sale(['pay']);
  const [productId] = productIds;
  await send(`/v1/orders/${id}/shipments`, { items: [{ productId, quantity: 2 }] }, manager.token);
  const { body } = await withdraw(id);
  const confirmed = await confirm(body.id, body.confirmationToken);
  expect(confirmed.body.status).toBe('accepted');
  expect(confirmed.body.items.map((item: Record<string, number>) => [item.quantity, item.unshippedQuantity]).sort()).toEqual([
    [2, 2],
    [3, 1],
  ]);
  const { body: order } = await shop.call('get', `/v1/orders/${id}?include=refunds`, { token: buyer.token });
  expect(order).toMatchObject({ status: 'shipped', refunds: [{ amount: '30.00', returnId: body.id }] });
  expect(await stocksOf(productIds)).toEqual([8, 10]);
  await handle(body.id, 'receive', {});
  expect((await refund(id, { returnId: body.id, restockItems: true })).body).toMatchObject({ amount: '20.00' });
  expect([(await orderOf(id)).status, await stocksOf(productIds)]).toEqual(['refunded', [10, 10]]);
});

test('refuses a withdrawal after its time, with the last day, and counts from the delivery', async () => {
  const { id } = await sale(['pay', 'ship']);
  const { body } = await withdraw(id);
  const [shipped] = await shop.query<{ id: string; day: string }>(
    `UPDATE shipments SET shipped_at = now() - interval '15 days' WHERE order_id = $1::uuid
     RETURNING id, to_char(now() AT TIME ZONE 'UTC' - interval '1 day', 'YYYY-MM-DD') AS day`,
    [id],
  );
  const late = { status: 409, code: 'withdrawal_expired', detail: expect.stringContaining(`ended on ${shipped?.day}`) };
  expect((await withdraw(id)).body).toMatchObject(late);
  expect((await confirm(body.id, body.confirmationToken)).body).toMatchObject(late);
  expect(await returnsOf(id)).toEqual([{ status: 'pending', receipt: null }]);
  await shop.query(`UPDATE shipments SET delivered_at = now() - interval '14 days' WHERE id = $1::uuid`, [shipped?.id]);
  expect((await confirm(body.id, body.confirmationToken)).body.status).toBe('accepted');
});

test('lets customers return their own orders alone, and staff with orders:return any', async () => {
  const { id } = await sale(['pay', 'ship'], [4]);
  const items = [{ productId: (await sale([])).productIds[0], quantity: 1 }];
  expect((await send(`/v1/orders/${id}/returns`, {}, other.token)).status).toBe(404);
  expect((await send(`/v1/orders/${id}/withdrawals`, {}, other.token)).status).toBe(404);
  expect((await askBack(id, { items })).body).toMatchObject({ status: 422, errors: [{ code: 'unknown_line' }] });
  const { body } = await send(`/v1/orders/${id}/returns`, {}, support.token);
  expect(body.status).toBe('requested');
  expect((await shop.call('get', `/v1/returns/${body.id}`, { token: other.token })).status).toBe(404);
  expect((await shop.call('get', `/v1/orders/${id}/returns`, { token: buyer.token })).body.data).toMatchObject([{ id: body.id }]);
  expect((await send(`/v1/returns/${body.id}/accept`, undefined, buyer.token)).status).toBe(403);
  expect((await send(`/v1/returns/${body.id}/confirm`, { token: 'x' })).body).toMatchObject({ status: 409, code: 'invalid_transition' });
});

test('a guest withdraws with the token of the cart, and nobody without it', async () => {
  const productId = await makeProduct(shop, manager);
  const { token, call } = await guestCart(shop, [{ productId, quantity: 2 }]);
  const { id } = (await call('post', '/checkout', {})).body;
  for (const verb of ['pay', 'ship']) await send(`/v1/orders/${id}/${verb}`, undefined, manager.token);
  const asGuest = (path: string, body: unknown, guestToken = token) =>
    shop.call('post', path, { body, headers: { 'X-Guest-Token': guestToken } });
  const path = `/v1/orders/${id}/withdrawals`;
  expect((await shop.call('post', path, { body: {} })).status).toBe(401);
  expect((await asGuest(path, {}, `${token.slice(0, -1)}~`)).status).toBeGreaterThanOrEqual(400);
  const { body } = await asGuest(path, { name: 'Maria Anders' });
  expect(body).toMatchObject({ status: 'pending', name: 'Maria Anders', email: 'guest@example.com' });
  const confirmed = await asGuest(`/v1/returns/${body.id}/confirm`, { token: body.confirmationToken });
  expect(confirmed.body).toMatchObject({ status: 'accepted', receipt: { name: 'Maria Anders', email: 'guest@example.com' } });
  const read = await shop.call('get', `/v1/returns/${body.id}`, { headers: { 'X-Guest-Token': token } });
  expect(read.body.receipt).toEqual(confirmed.body.receipt);
});

describe('refunds by pieces', () => {
  test('add up to the line, however they are split, and to the total with the shipping, which is paid back once', async () => {
    const productId = await makeProduct(shop, manager, { price: '33.33' });
    const rate = { country: 'NL', name: 'btw', rate: 10 };
    await send('/v1/tax-rates', rate, manager.token);
    const method = { code: 'parcel', name: 'Parcel', currency: 'USD', basis: 'subtotal', bands: [{ upTo: null, price: '4.99' }] };
    expect((await send('/v1/shipping-methods', method, manager.token)).status).toBe(201);
    const items = [{ productId, quantity: 3 }];
    const body = { items, paymentMethod: 'external', shippingMethod: 'parcel', shippingAddress: { country: 'NL' } };
    const { body: order } = await send('/v1/orders', body);
    expect(order).toMatchObject({ total: '115.48', shippingTax: '0.50', items: [{ subtotal: '99.99', tax: '10.00' }] });
    await send(`/v1/orders/${order.id}/pay`, undefined, manager.token);
    const one = { items: [{ productId, quantity: 1 }] };
    const first = await refund(order.id, { ...one, includeShipping: true });
    expect(first.body).toMatchObject({ amount: '42.15', includesShipping: true, items: [{ quantity: 1, amount: '36.66' }] });
    expect((await refund(order.id, { ...one, includeShipping: true })).body).toMatchObject({ status: 409, code: 'already_refunded' });
    expect((await refund(order.id, { ...one, restockItems: true })).body).toMatchObject({ amount: '36.67', restock: one.items });
    expect((await refund(order.id, one)).body).toMatchObject({ amount: '36.66' });
    expect((await orderOf(order.id)).status).toBe('refunded');
    expect(await stocksOf([productId])).toEqual([8]);
  });

  test('take exactly one of amount, items and returnId', async () => {
    const { id, productIds } = await sale(['pay', 'ship']);
    const items = [{ productId: productIds[0], quantity: 1 }];
    for (const body of [
      {},
      { amount: '1.00', items },
      { amount: '1.00', includeShipping: true },
      { includeShipping: true, restockItems: true },
      { items, restockItems: true, restock: items },
      { returnId: '01890a5d-ac96-774b-bcce-b302099a8057' },
    ])
      expect((await refund(id, body)).body).toMatchObject({ status: 422, code: 'invalid_body' });
    expect(await shop.query('SELECT FROM refunds WHERE order_id = $1::uuid', [id])).toEqual([]);
  });
});

test('the database refuses raw returns and refunds beyond the order, changed receipts and wrong statuses', async () => {
  const { id, productIds } = await sale(['pay', 'ship']);
  const { body } = await withdraw(id, { items: [{ productId: productIds[0], quantity: 2 }] });
  const refuses = async (constraint: string, sql: string, values: readonly unknown[]) =>
    expect(shop.query(sql, [...values])).rejects.toMatchObject({ original: { code: '23514', constraint } });
  await refuses('returns_status_transition_check', `UPDATE returns SET status = 'rejected' WHERE id = $1::uuid`, [body.id]);
  await refuses('returns_confirmed_at_check', `UPDATE returns SET status = 'accepted' WHERE id = $1::uuid`, [body.id]);
  await confirm(body.id, body.confirmationToken);
  await refuses('returns_edit_check', `UPDATE returns SET receipt = '{}' WHERE id = $1::uuid`, [body.id]);
  await refuses('return_items_edit_check', `UPDATE return_items SET quantity = 1 WHERE return_id = $1::uuid`, [body.id]);
  const second = await askBack(id, { items: [{ productId: productIds[0], quantity: 1 }] });
  const more = `INSERT INTO return_items (id, return_id, order_item_id, quantity)
    SELECT uuid_v7(), $1::uuid, id, 9 FROM order_items WHERE order_id = $2::uuid AND product_id = $3::uuid`;
  await refuses('return_items_shipped_check', more, [second.body.id, id, productIds[1]]);
  const foreign = await sale(['pay', 'ship'], [1]);
  await refuses('return_items_order_item_id_check', more.replace(', 9 ', ', 1 '), [second.body.id, foreign.id, foreign.productIds[0]]);
  const { body: paid } = await refund(id, { amount: '10.00' });
  const pieces = `INSERT INTO refund_items (id, refund_id, order_item_id, quantity, amount)
    SELECT uuid_v7(), $1::uuid, id, $4, $5 FROM order_items WHERE order_id = $2::uuid AND product_id = $3::uuid`;
  await refuses('refund_items_ordered_check', pieces, [paid.id, id, productIds[0], 4, '40.00']);
  await refuses('refund_items_cost_check', pieces, [paid.id, id, productIds[0], 1, '9.99']);
  await refuses('refund_items_cost_check', pieces, [paid.id, id, productIds[0], 2, '20.00']);
  await refuses('refund_items_order_item_id_check', pieces, [paid.id, foreign.id, foreign.productIds[0], 1, '10.00']);
});
