import { signUp } from '../../factories/people';
import { makeProduct, stockOf } from '../../factories/products';
import { useShop } from '../../support/use-shop';

const { shop, manager, buyer } = useShop({ manager: 'manager', buyer: 'customer' });

interface Sale {
  readonly id: string;
  readonly productId: string;
}

/** An order of three pieces, moved on by the verbs. */
async function sale(verbs: readonly string[], { price = '10.00', paymentMethod = 'external' } = {}): Promise<Sale> {
  const productId = await makeProduct(shop, manager, { price });
  const body = { items: [{ productId, quantity: 3 }], paymentMethod };
  const id = String((await shop.call('post', '/v1/orders', { token: buyer.token, body })).body.id);
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
  expect(refused.body.detail).toBe(
    `The order is ${before.status}; only paid, partly shipped, shipped and completed orders can be refunded.`,
  );
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
    errors: [{ pointer: '/restock/0/quantity', code: 'too_large', message: `product ${productId}: at most 1` }],
  });
  expect(await refundsOf(id)).toEqual([{ amount: '1.00' }]);
  expect(await stockOf(shop, productId)).toEqual({ stock: 9, ledger: 9 });
  expect((await back(1)).status).toBe(201);
});

test.each([[['pay']], [['pay', 'ship']], [['pay', 'ship', 'complete']]])(
  'an order that is wholly refunded after %j is refunded, and goes nowhere from there',
  async (verbs) => {
    const { id, productId } = await sale(verbs);
    await refund(id, { amount: '10.00' });
    expect(await statusOf(id)).not.toBe('refunded');
    await refund(id, { amount: '20.00', restock: [{ productId, quantity: 1 }] });
    expect(await statusOf(id)).toBe('refunded');
    for (const verb of ['pay', 'ship', 'complete', 'cancel'])
      expect((await move(id, verb)).body).toMatchObject({ status: 409, code: 'invalid_transition' });
    expect((await refund(id, { amount: '0.01' })).body).toMatchObject({ status: 409, code: 'not_refundable' });
    expect(await statusOf(id)).toBe('refunded');
    expect(await stockOf(shop, productId)).toEqual({ stock: 8, ledger: 8 });
  },
);

test.each([[['pay']], [['pay', 'ship']], [['pay', 'ship', 'complete']]])(
  'takes the goods of a free order back after %j, at most what was sold',
  async (verbs) => {
    const { id, productId } = await sale(verbs, { price: '0.00' });
    const back = (quantity: number) => refund(id, { amount: '0.00', restock: [{ productId, quantity }] });
    expect((await back(2)).body).toMatchObject({ amount: '0.00', restock: [{ productId, quantity: 2 }] });
    expect((await back(2)).body).toMatchObject({ status: 409, code: 'restock_exceeds_sold' });
    expect(await stockOf(shop, productId)).toEqual({ stock: 9, ledger: 9 });
    expect((await back(1)).status).toBe(201);
    expect(await stockOf(shop, productId)).toEqual({ stock: 10, ledger: 10 });
    expect(await statusOf(id)).toBe({ pay: 'paid', ship: 'shipped', complete: 'completed' }[verbs.at(-1) ?? '']);
  },
);

test('a cancellation takes back only the goods of a free order that are not back yet', async () => {
  const { id, productId } = await sale(['pay'], { price: '0.00' });
  await refund(id, { amount: '0.00', restock: [{ productId, quantity: 2 }] });
  expect((await move(id, 'cancel')).body.status).toBe('cancelled');
  expect(await stockOf(shop, productId)).toEqual({ stock: 10, ledger: 10 });
});

test('takes goods of a refunded order back later, without money and without a change of balance or status', async () => {
  await shop.call('post', `/v1/users/${buyer.id}/balance/entries`, { token: manager.token, body: { amount: '30.00', kind: 'credit' } });
  const { id, productId } = await sale([], { paymentMethod: 'balance' });
  await refund(id, { amount: '30.00' });
  const userOf = () => shop.query('SELECT balance, version FROM users WHERE id = $1::uuid', [buyer.id]);
  const before = await userOf();
  expect((await refund(id, { amount: '0.00', restock: [{ productId, quantity: 3 }] })).status).toBe(201);
  expect([await statusOf(id), await stockOf(shop, productId), await userOf()]).toEqual(['refunded', { stock: 10, ledger: 10 }, before]);
});

test('refuses a refund of nothing, and goods of an unpaid order, and writes no refund', async () => {
  const paid = await sale(['pay']);
  for (const restock of [undefined, []])
    expect((await refund(paid.id, { amount: '0.00', restock })).body).toMatchObject({
      status: 422,
      code: 'invalid_body',
      errors: [{ pointer: '/amount', code: 'too_small' }],
    });
  const unpaid = await sale([]);
  const back = { amount: '0.00', restock: [{ productId: unpaid.productId, quantity: 1 }] };
  expect((await refund(unpaid.id, back)).body).toMatchObject({ status: 409, code: 'not_refundable' });
  expect([await refundsOf(paid.id), await refundsOf(unpaid.id)]).toEqual([[], []]);
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
  const balance = () => shop.query('SELECT balance FROM users WHERE id = $1::uuid', [buyer.id]);
  const before = await balance();
  expect((await refund(id, { amount: '10.00' })).status).toBe(201);
  expect(await balance()).toEqual(before);
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
  const { body } = await shop.call('post', '/v1/orders', { token: buyer.token, body: { items, paymentMethod: 'external' } });
  await move(body.id, 'pay');
  await refund(body.id, { amount: '1.00', restock: [{ productId: ids[0], quantity: 2 }] });
  expect((await move(body.id, 'cancel')).status).toBe(200);
  for (const id of ids) expect(await stockOf(shop, id)).toEqual({ stock: 10, ledger: 10 });
});

test('refuses a cancellation by a user who may only read orders, also with an old ETag, and leaves the order unchanged', async () => {
  const admin = await signUp(shop, 'admin');
  const reader = await signUp(shop);
  const { body: role } = await shop.call('post', '/v1/roles', { token: admin.token, body: { name: 'reader' } });
  await shop.call('put', `/v1/roles/${role.id}/permissions`, { token: admin.token, body: { permissions: ['orders:read'] } });
  await shop.call('post', `/v1/users/${reader.id}/roles`, { token: admin.token, body: { role: 'reader' } });
  const { id } = await sale([]);
  expect((await shop.call('get', `/v1/orders/${id}`, { token: reader.token })).status).toBe(200);
  for (const headers of [{}, { 'If-Match': '"99"' }]) {
    const refused = await shop.call('post', `/v1/orders/${id}/cancel`, { token: reader.token, headers });
    expect(refused.body).toMatchObject({ status: 403, code: 'forbidden' });
  }
  expect(await statusOf(id)).toBe('pending');
});
