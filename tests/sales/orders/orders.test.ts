import { type Person, signUp } from '../../factories/people';
import { makeProduct, stockOf } from '../../factories/products';
import { useShop } from '../../support/use-shop';

const { shop, manager, buyer, other } = useShop({ manager: 'manager', buyer: 'customer', other: 'customer' });

const orderOf = async (id: string) => (await shop.call('get', `/v1/orders/${id}?include=items`, { token: manager.token })).body;
const balanceOf = async ({ id }: Person) =>
  (await shop.query<{ balance: string }>('SELECT balance FROM users WHERE id = $1::uuid', [id]))[0];

const FINAL = 'Invalid status transition: cancelled to cancelled. The status cancelled is final.';

const place = (body: Record<string, unknown>, person = buyer) => shop.call('post', '/v1/orders', { token: person.token, body });

test('adds up a product that is named twice, at the price of the database', async () => {
  const productId = await makeProduct(shop, manager, { price: '19.90', stockQuantity: 5 });
  const items = [
    { productId, quantity: 2 },
    { productId, quantity: 1 },
  ];
  const placed = await place({ items, paymentMethod: 'external', expectedTotal: '59.70' });
  expect(placed.status).toBe(201);
  expect(placed.body).toMatchObject({ status: 'pending', total: '59.70', items: [{ quantity: 3, unitPrice: '19.90', subtotal: '59.70' }] });
  const refused = await place({ items, paymentMethod: 'external' });
  expect(refused.body).toMatchObject({
    status: 409,
    code: 'insufficient_stock',
    errors: ['/items/0/quantity', '/items/1/quantity'].map((pointer) => ({ pointer, code: 'insufficient_stock' })),
  });
  expect(await stockOf(shop, productId)).toEqual({ stock: 2, ledger: 2 });
});

test('refuses another total than the expected one and leaves stock unchanged', async () => {
  const productId = await makeProduct(shop, manager);
  const refused = await place({ items: [{ productId, quantity: 1 }], paymentMethod: 'external', expectedTotal: '9.99' });
  expect(refused.body).toMatchObject({
    status: 409,
    code: 'total_mismatch',
    detail: 'Total mismatch: 9.99 expected, 10.00 now. Confirm the new total, then order again.',
    errors: [{ pointer: '/expectedTotal', code: 'total_mismatch' }],
  });
  expect(await stockOf(shop, productId)).toEqual({ stock: 10, ledger: 10 });
});

test('refuses products that are not for sale, names each, and leaves the stock of the others unchanged', async () => {
  const good = await makeProduct(shop, manager);
  const draft = await makeProduct(shop, manager, { status: 'draft' });
  const missing = '01890a5d-ac96-774b-bcce-b302099a8057';
  const items = [good, draft, missing].map((productId) => ({ productId, quantity: 1 }));
  const refused = await place({ items, paymentMethod: 'external' });
  expect(refused.body).toMatchObject({ status: 422, code: 'product_unavailable' });
  expect(refused.body.errors).toHaveLength(2);
  expect(await stockOf(shop, good)).toEqual({ stock: 10, ledger: 10 });
});

test('pays from the balance at once; a cancellation returns stock and money, once', async () => {
  const productId = await makeProduct(shop, manager, { price: '30.00' });
  await shop.call('post', `/v1/users/${buyer.id}/balance/entries`, { token: manager.token, body: { amount: '100.00', kind: 'credit' } });
  const { body: order } = await place({ items: [{ productId, quantity: 2 }], paymentMethod: 'balance' });
  expect(order).toMatchObject({ status: 'paid', total: '60.00' });
  const balance = () => shop.call('get', `/v1/users/${buyer.id}/balance`, { token: buyer.token });
  expect((await balance()).body).toEqual({ balance: '40.00', currency: 'USD' });
  const cancels = await Promise.all([1, 2, 3].map(() => shop.call('post', `/v1/orders/${order.id}/cancel`, { token: buyer.token })));
  expect(cancels.map(({ status }) => status).sort()).toEqual([200, 409, 409]);
  const refused = cancels.filter(({ status }) => status === 409);
  for (const { body } of refused) expect(body).toMatchObject({ code: 'invalid_transition', detail: FINAL });
  expect((await balance()).body).toEqual({ balance: '100.00', currency: 'USD' });
  expect(await stockOf(shop, productId)).toEqual({ stock: 10, ledger: 10 });
  const entries = await shop.call('get', `/v1/users/${buyer.id}/balance/entries`, { token: buyer.token });
  expect(entries.body.data.map(({ kind, amount }: { kind: string; amount: string }) => [kind, amount])).toEqual([
    ['refund', '60.00'],
    ['order', '-60.00'],
    ['credit', '100.00'],
  ]);
});

test('takes products by SKU in any case, and names each that no product has', async () => {
  const productId = await makeProduct(shop, manager, { sku: 'By-Sku-1' });
  const items = [
    { sku: 'BY-SKU-1', quantity: 1 },
    { productId, quantity: 2 },
  ];
  const placed = await place({ items, paymentMethod: 'external' });
  expect(placed.body.items).toMatchObject([{ productId, quantity: 3, sku: 'By-Sku-1' }]);
  const refused = await place({ items: [...items, { sku: 'BY-SKU-2', quantity: 1 }], paymentMethod: 'external' });
  expect(refused.body).toMatchObject({ status: 422, code: 'product_unavailable', errors: [{ pointer: '/items/2/sku' }] });
  const neither = await place({ items: [{ quantity: 1 }], paymentMethod: 'external' });
  expect(neither.body).toMatchObject({ status: 422, code: 'invalid_body', errors: [{ pointer: '/items/0' }] });
  expect(await stockOf(shop, productId)).toEqual({ stock: 7, ledger: 7 });
});

test('lets staff, and nobody else, order for a customer', async () => {
  const items = [{ productId: await makeProduct(shop, manager), quantity: 1 }];
  const { id: customerId } = await signUp(shop);
  const body = { items, paymentMethod: 'external', userId: customerId };
  const placed = await shop.call('post', '/v1/orders', { token: manager.token, body });
  expect(placed.body).toMatchObject({ userId: customerId, status: 'pending' });
  expect((await place(body)).body).toMatchObject({ status: 403, code: 'forbidden' });
  const missing = { ...body, userId: '01890a5d-ac96-774b-bcce-b302099a8057' };
  const refused = await shop.call('post', '/v1/orders', { token: manager.token, body: missing });
  expect(refused.body).toMatchObject({ status: 422, errors: [{ pointer: '/userId' }] });
  expect(await stockOf(shop, String(items[0]?.productId))).toEqual({ stock: 9, ledger: 9 });
});

test('refuses an invalid status transition and names the valid ones', async () => {
  const productId = await makeProduct(shop, manager);
  const { body: order } = await place({ items: [{ productId, quantity: 1 }], paymentMethod: 'external' });
  const refused = await shop.call('post', `/v1/orders/${order.id}/ship`, { token: manager.token });
  expect(refused.body).toMatchObject({
    status: 409,
    code: 'invalid_transition',
    detail: 'Invalid status transition: pending to shipped. The order can only become paid or cancelled.',
  });
  expect(await orderOf(order.id)).toEqual(order);
  expect(await stockOf(shop, productId)).toEqual({ stock: 9, ledger: 9 });
  for (const [verb, status] of [
    ['pay', 'paid'],
    ['ship', 'shipped'],
    ['complete', 'completed'],
  ]) {
    const moved = await shop.call('post', `/v1/orders/${order.id}/${verb}`, { token: manager.token });
    expect(moved.body).toMatchObject({ status });
  }
  const back = { amount: '10.00', restock: [{ productId, quantity: 1 }] };
  const refunded = await shop.call('post', `/v1/orders/${order.id}/refunds`, { token: manager.token, body: back });
  expect(refunded.status).toBe(201);
  expect((await shop.call('get', `/v1/orders/${order.id}`, { token: buyer.token })).body.status).toBe('refunded');
  expect(await stockOf(shop, productId)).toEqual({ stock: 10, ledger: 10 });
});

test('hides an order from other customers, also in lists', async () => {
  const productId = await makeProduct(shop, manager);
  const { body: order } = await place({ items: [{ productId, quantity: 1 }], paymentMethod: 'external' });
  const hidden = { status: 404, code: 'not_found' };
  expect((await shop.call('get', `/v1/orders/${order.id}`, { token: other.token })).body).toMatchObject(hidden);
  expect((await shop.call('get', `/v1/orders/${order.id}/refunds`, { token: other.token })).body).toMatchObject(hidden);
  expect((await shop.call('post', `/v1/orders/${order.id}/cancel`, { token: other.token })).body).toMatchObject(hidden);
  expect((await shop.call('get', '/v1/orders', { token: other.token })).body.data).toEqual([]);
  const paid = await shop.call('post', `/v1/orders/${order.id}/pay`, { token: buyer.token });
  expect(paid.body).toMatchObject({ status: 403, code: 'forbidden' });
  expect((await shop.call('get', '/v1/orders')).body).toMatchObject({ status: 401, code: 'unauthenticated' });
  expect(await orderOf(order.id)).toEqual(order);
});

test('refuses to pay from a balance in another currency and leaves balance and stock unchanged', async () => {
  const productId = await makeProduct(shop, manager, { price: '40.00', currency: 'JPY' });
  await credit(buyer, '100.00');
  const before = await balanceOf(buyer);
  const refused = await place({ items: [{ productId, quantity: 1 }], paymentMethod: 'balance' });
  expect(refused.body).toMatchObject({
    status: 422,
    code: 'product_unavailable',
    detail: 'The balance is in USD and the order in JPY; choose external payment.',
    errors: [{ pointer: '/paymentMethod', code: 'currency_mismatch' }],
  });
  expect(await balanceOf(buyer)).toEqual(before);
  expect(await stockOf(shop, productId)).toEqual({ stock: 10, ledger: 10 });
  expect((await place({ items: [{ productId, quantity: 1 }], paymentMethod: 'external' })).body).toMatchObject({ currency: 'JPY' });
});

test('cancels the order of a deleted customer, and returns stock and money', async () => {
  const gone = await signUp(shop);
  const productId = await makeProduct(shop, manager, { price: '30.00' });
  await credit(gone, '30.00');
  const { body: order } = await place({ items: [{ productId, quantity: 1 }], paymentMethod: 'balance' }, gone);
  await shop.query('UPDATE users SET deleted_at = now() WHERE id = $1::uuid', [gone.id]);
  const late = await place({ items: [{ productId, quantity: 1 }], paymentMethod: 'external' }, gone);
  expect(late.body).toMatchObject({ status: 403, code: 'forbidden' });
  expect((await shop.call('post', `/v1/orders/${order.id}/cancel`, { token: manager.token })).status).toBe(200);
  expect(await stockOf(shop, productId)).toEqual({ stock: 10, ledger: 10 });
  expect(await balanceOf(gone)).toEqual({ balance: '30.00' });
});

test('refuses a total above the largest amount and leaves stock unchanged', async () => {
  const productId = await makeProduct(shop, manager, { price: '999999.99', stockQuantity: 1_000_000 });
  const more = await makeProduct(shop, manager, { price: '999999.99', stockQuantity: 1_000_000 });
  const items = [productId, more].map((id) => ({ productId: id, quantity: 10_000 }));
  const refused = await place({ items, paymentMethod: 'external' });
  const tooLarge = { status: 422, code: 'invalid_body', errors: [{ pointer: '/items', code: 'too_large' }] };
  expect(refused.body).toMatchObject(tooLarge);
  // Nor where a discount leaves nothing of it to pay.
  const gift = { code: 'GIFT', kind: 'percent', value: '100.00' };
  expect((await shop.call('post', '/v1/discount-codes', { token: manager.token, body: gift })).status).toBe(201);
  expect((await place({ items, paymentMethod: 'external', discountCode: 'GIFT' })).body).toMatchObject(tooLarge);
  for (const id of [productId, more]) expect(await stockOf(shop, id)).toEqual({ stock: 1_000_000, ledger: 1_000_000 });
});

test.each(['0', '00', '0.0', '000.00'])('refuses a credit of %s and leaves the balance unchanged', async (amount) => {
  const body = { amount, kind: 'credit' };
  const refused = await shop.call('post', `/v1/users/${other.id}/balance/entries`, { token: manager.token, body });
  expect(refused.body).toMatchObject({ status: 422, code: 'invalid_body', errors: [{ pointer: '/amount' }] });
  expect(await balanceOf(other)).toEqual({ balance: '0.00' });
});

test('refuses stock above its bound and leaves it unchanged', async () => {
  const productId = await makeProduct(shop, manager);
  const body = { productId, delta: 1_000_000_000, reason: 'restock' };
  const refused = await shop.call('post', '/v1/stock-movements', { token: manager.token, body });
  expect(refused.body).toMatchObject({ status: 422, code: 'invalid_body', errors: [{ pointer: '/delta', code: 'too_large' }] });
  expect(await stockOf(shop, productId)).toEqual({ stock: 10, ledger: 10 });
});

function credit(person: Person, amount: string) {
  return shop.call('post', `/v1/users/${person.id}/balance/entries`, { token: manager.token, body: { amount, kind: 'credit' } });
}
