import { signUp } from '../../factories/people';
import { makeProduct, stockOf } from '../../factories/products';
import { useShop } from '../../support/use-shop';

const { shop, manager } = useShop({ manager: 'manager' });

interface Sale {
  readonly id: string;
  readonly productId: string;
}

/** An order of three pieces, moved on by the verbs. */
async function sale(verbs: readonly string[], { price = '10.00', paymentMethod = 'external' } = {}): Promise<Sale> {
  const productId = await makeProduct(shop, manager, { price });
  const body = { items: [{ productId, quantity: 3 }], paymentMethod };
  const id = String((await shop.call('post', '/v1/orders', { token: manager.token, body })).body.id);
  for (const verb of verbs) await move(id, verb);
  return { id, productId };
}

const move = (id: string, verb: string, headers: Record<string, string> = {}) =>
  shop.call('post', `/v1/orders/${id}/${verb}`, { token: manager.token, headers });
const refund = (id: string, body: Record<string, unknown>, headers: Record<string, string> = {}) =>
  shop.call('post', `/v1/orders/${id}/refunds`, { token: manager.token, body, headers });
const refundsOf = (id: string) => shop.query('SELECT amount FROM refunds WHERE order_id = $1::uuid ORDER BY id', [id]);
const statusOf = async (id: string) => (await shop.call('get', `/v1/orders/${id}`, { token: manager.token })).body.status;

test.each([[[]], [['cancel']]])('refuses a refund of an order after %j, and refunds nothing', async (verbs) => {
  const { id, productId } = await sale(verbs);
  const before = { status: await statusOf(id), stock: await stockOf(shop, productId) };
  const refused = await refund(id, { amount: '1.00', restock: [{ productId, quantity: 1 }] });
  expect(refused.body).toMatchObject({ status: 409, code: 'not_refundable' });
  expect(refused.body.detail).toBe(`The order is ${before.status}; only paid, shipped and completed orders can be refunded.`);
  expect({ status: await statusOf(id), stock: await stockOf(shop, productId) }).toEqual(before);
  expect(await refundsOf(id)).toEqual([]);
});

test.each([[['pay']], [['pay', 'ship']], [['pay', 'ship', 'complete']]])('refunds an order after %j', async (verbs) => {
  const { id } = await sale(verbs);
  expect((await refund(id, { amount: '1.00' })).status).toBe(201);
});

test('refunds up to the total and refuses a cent more', async () => {
  const { id } = await sale(['pay']);
  expect((await refund(id, { amount: '30.01' })).body).toMatchObject({
    status: 409,
    code: 'refund_exceeds_total',
    detail: 'At most 30.00 can still be refunded.',
  });
  expect(await refundsOf(id)).toEqual([]);
  expect((await refund(id, { amount: '10.00' })).status).toBe(201);
  expect((await refund(id, { amount: '20.01' })).body).toMatchObject({
    status: 409,
    code: 'refund_exceeds_total',
    detail: 'At most 20.00 can still be refunded.',
  });
  expect(await refundsOf(id)).toEqual([{ amount: '10.00' }]);
  expect((await refund(id, { amount: '20.00' })).status).toBe(201);
  expect(await refundsOf(id)).toEqual([{ amount: '10.00' }, { amount: '20.00' }]);
});

test('refuses to restock more than was sold and not yet returned, and leaves stock unchanged', async () => {
  const { id, productId } = await sale(['pay']);
  const back = (...quantities: number[]) =>
    refund(id, { amount: '1.00', restock: quantities.map((quantity) => ({ productId, quantity })) });
  expect((await back(4)).body).toMatchObject({ status: 409, code: 'restock_exceeds_sold' });
  expect((await back(2, 2)).body).toMatchObject({ status: 409, code: 'restock_exceeds_sold' });
  expect(await stockOf(shop, productId)).toEqual({ stock: 7, ledger: 7 });
  expect(await refundsOf(id)).toEqual([]);
  expect((await back(2)).status).toBe(201);
  expect((await back(2)).body).toMatchObject({
    status: 409,
    code: 'restock_exceeds_sold',
    detail: 'Restock exceeds quantity sold; lower the quantities of the products that "errors" names.',
    errors: [{ pointer: '/restock', code: 'too_large', message: `product ${productId}: at most 1` }],
  });
  expect(await refundsOf(id)).toEqual([{ amount: '1.00' }]);
  expect(await stockOf(shop, productId)).toEqual({ stock: 9, ledger: 9 });
  expect((await back(1)).status).toBe(201);
});

test('ends a wholly refunded order as refunded, and a free one as completed', async () => {
  const { id } = await sale(['pay']);
  await refund(id, { amount: '30.00' });
  expect(await statusOf(id)).toBe('paid');
  await move(id, 'ship');
  expect((await move(id, 'complete')).body.status).toBe('refunded');
  const free = await sale(['pay', 'ship', 'complete'], { price: '0.00' });
  expect(await statusOf(free.id)).toBe('completed');
});

test('a cancellation returns nothing of an unpaid order, and the remainder of a partly refunded one', async () => {
  const unpaid = await sale([]);
  expect((await move(unpaid.id, 'cancel')).body.status).toBe('cancelled');
  expect(await refundsOf(unpaid.id)).toEqual([]);
  const paid = await sale(['pay']);
  await refund(paid.id, { amount: '10.00', restock: [{ productId: paid.productId, quantity: 1 }] });
  await move(paid.id, 'cancel');
  expect(await refundsOf(paid.id)).toEqual([{ amount: '10.00' }, { amount: '20.00' }]);
  expect(await stockOf(shop, paid.productId)).toEqual({ stock: 10, ledger: 10 });
});

test('does not refund an external payment to the balance', async () => {
  const { id } = await sale(['pay']);
  await refund(id, { amount: '10.00' });
  expect(await shop.query('SELECT balance FROM users WHERE id = $1::uuid', [manager.id])).toEqual([{ balance: '0.00' }]);
});

test('refuses to ship, cancel or refund an order by an old ETag, and leaves order, stock and refunds unchanged', async () => {
  const { id, productId } = await sale([]);
  const { etag } = (await shop.call('get', `/v1/orders/${id}`, { token: manager.token })).headers;
  await move(id, 'pay');
  const old = { 'If-Match': String(etag) };
  const attempts = [await move(id, 'ship', old), await move(id, 'cancel', old), await refund(id, { amount: '1.00' }, old)];
  for (const { body } of attempts) expect(body).toMatchObject({ status: 412, code: 'precondition_failed' });
  expect([await refundsOf(id), await statusOf(id)]).toEqual([[], 'paid']);
  expect(await stockOf(shop, productId)).toEqual({ stock: 7, ledger: 7 });
});

test('a cancellation restocks only what was not returned yet', async () => {
  const ids = [await makeProduct(shop, manager), await makeProduct(shop, manager)];
  const items = ids.map((productId) => ({ productId, quantity: 3 }));
  const { body } = await shop.call('post', '/v1/orders', { token: manager.token, body: { items, paymentMethod: 'external' } });
  await move(body.id, 'pay');
  await refund(body.id, { amount: '1.00', restock: [{ productId: ids[0], quantity: 2 }] });
  expect((await move(body.id, 'cancel')).status).toBe(200);
  for (const id of ids) expect(await stockOf(shop, id)).toEqual({ stock: 10, ledger: 10 });
});

test('refuses a cancellation by a user who may only read orders, and leaves the order unchanged', async () => {
  const admin = await signUp(shop, 'admin');
  const reader = await signUp(shop);
  const { body: role } = await shop.call('post', '/v1/roles', { token: admin.token, body: { name: 'reader' } });
  await shop.call('put', `/v1/roles/${role.id}/permissions`, { token: admin.token, body: { permissions: ['orders:read'] } });
  await shop.call('post', `/v1/users/${reader.id}/roles`, { token: admin.token, body: { role: 'reader' } });
  const { id } = await sale([]);
  expect((await shop.call('get', `/v1/orders/${id}`, { token: reader.token })).status).toBe(200);
  const refused = await shop.call('post', `/v1/orders/${id}/cancel`, { token: reader.token });
  expect(refused.body).toMatchObject({ status: 403, code: 'forbidden' });
  expect(await statusOf(id)).toBe('pending');
});
