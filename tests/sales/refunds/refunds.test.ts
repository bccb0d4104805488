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
const statusOf = async (id: string) => (await shop.call('get', `/v1/orders/${id}`, { token: manager.token })).body.status;

test.each([[[]], [['cancel']]])('an order that was moved by %j is not refunded', async (verbs) => {
  const { id } = await sale(verbs);
  expect((await refund(id, { amount: '1.00' })).body).toMatchObject({ status: 409, code: 'not_refundable' });
});

test.each([[['pay']], [['pay', 'ship']], [['pay', 'ship', 'complete']]])('an order that was moved by %j is refunded', async (verbs) => {
  const { id } = await sale(verbs);
  expect((await refund(id, { amount: '1.00' })).status).toBe(201);
});

test('all that is left can be refunded, and not a cent more', async () => {
  const { id } = await sale(['pay']);
  expect((await refund(id, { amount: '30.01' })).body).toMatchObject({
    code: 'refund_exceeds_total',
    detail: 'At most 30.00 can still be refunded.',
  });
  expect((await refund(id, { amount: '10.00' })).status).toBe(201);
  expect((await refund(id, { amount: '20.01' })).body.detail).toBe('At most 20.00 can still be refunded.');
  expect((await refund(id, { amount: '20.00' })).status).toBe(201);
});

test('no more comes back to stock than was sold and is still out, however often it is named', async () => {
  const { id, productId } = await sale(['pay']);
  const back = (...quantities: number[]) =>
    refund(id, { amount: '1.00', restock: quantities.map((quantity) => ({ productId, quantity })) });
  expect((await back(4)).body).toMatchObject({ status: 409, code: 'restock_exceeds_sold' });
  expect((await back(2, 2)).body).toMatchObject({ status: 409, code: 'restock_exceeds_sold' });
  expect((await back(2)).status).toBe(201);
  expect((await back(2)).body.errors).toEqual([expect.objectContaining({ message: `product ${productId}: at most 1` })]);
  expect(await stockOf(shop, productId)).toEqual({ stock: 9, ledger: 9 });
  expect((await back(1)).status).toBe(201);
});

test('an order refunded whole before it is completed ends refunded; a free one completed', async () => {
  const { id } = await sale(['pay']);
  await refund(id, { amount: '30.00' });
  expect(await statusOf(id)).toBe('paid');
  await move(id, 'ship');
  expect((await move(id, 'complete')).body.status).toBe('refunded');
  const free = await sale(['pay', 'ship', 'complete'], { price: '0.00' });
  expect(await statusOf(free.id)).toBe('completed');
});

test('cancelling gives back what is left: no money of an unpaid order, the remainder of a refunded one', async () => {
  const refunds = (id: string) => shop.query('SELECT amount FROM refunds WHERE order_id = $1::uuid ORDER BY id', [id]);
  const unpaid = await sale([]);
  expect((await move(unpaid.id, 'cancel')).body.status).toBe('cancelled');
  expect(await refunds(unpaid.id)).toEqual([]);
  const paid = await sale(['pay']);
  await refund(paid.id, { amount: '10.00', restock: [{ productId: paid.productId, quantity: 1 }] });
  await move(paid.id, 'cancel');
  expect(await refunds(paid.id)).toEqual([{ amount: '10.00' }, { amount: '20.00' }]);
  expect(await stockOf(shop, paid.productId)).toEqual({ stock: 10, ledger: 10 });
});

test('what was paid elsewhere does not go to the balance', async () => {
  const { id } = await sale(['pay']);
  await refund(id, { amount: '10.00' });
  expect(await shop.query('SELECT balance FROM users WHERE id = $1::uuid', [manager.id])).toEqual([{ balance: '0.00' }]);
});

test('who has an old version of the order neither moves nor refunds it', async () => {
  const { id } = await sale(['pay']);
  const old = { 'If-Match': '"1"' };
  expect((await move(id, 'ship', old)).status).toBe(412);
  expect((await refund(id, { amount: '1.00' }, old)).status).toBe(412);
  expect(await statusOf(id)).toBe('paid');
});

test('of two products, the one that came back already comes back no more; the other whole', async () => {
  const ids = [await makeProduct(shop, manager), await makeProduct(shop, manager)];
  const items = ids.map((productId) => ({ productId, quantity: 3 }));
  const { body } = await shop.call('post', '/v1/orders', { token: manager.token, body: { items, paymentMethod: 'external' } });
  await move(body.id, 'pay');
  await refund(body.id, { amount: '1.00', restock: [{ productId: ids[0], quantity: 2 }] });
  expect((await move(body.id, 'cancel')).status).toBe(200);
  for (const id of ids) expect(await stockOf(shop, id)).toEqual({ stock: 10, ledger: 10 });
});

test('who may only look at orders of others does not cancel them', async () => {
  const admin = await signUp(shop, 'admin');
  const reader = await signUp(shop);
  const { body: role } = await shop.call('post', '/v1/roles', { token: admin.token, body: { name: 'reader' } });
  await shop.call('put', `/v1/roles/${role.id}/permissions`, { token: admin.token, body: { permissions: ['orders:read'] } });
  await shop.call('post', `/v1/users/${reader.id}/roles`, { token: admin.token, body: { role: 'reader' } });
  const { id } = await sale([]);
  expect((await shop.call('get', `/v1/orders/${id}`, { token: reader.token })).status).toBe(200);
  expect((await shop.call('post', `/v1/orders/${id}/cancel`, { token: reader.token })).status).toBe(403);
  expect(await statusOf(id)).toBe('pending');
});
