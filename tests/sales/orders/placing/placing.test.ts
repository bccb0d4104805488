import { type Person, signUp } from '../../../factories/people';
import { makeProduct, stockOf } from '../../../factories/products';
import { behindLock } from '../../../support/behind-lock';
import { useShop } from '../../../support/use-shop';

const { shop, manager, buyer } = useShop({ manager: 'manager', buyer: 'customer' });

const place = (ids: readonly string[], values: Record<string, unknown> = {}, person = buyer) => {
  const items = ids.map((productId) => ({ productId, quantity: 2 }));
  return shop.call('post', '/v1/orders', { token: person.token, body: { items, paymentMethod: 'external', ...values } });
};

const credit = (person: Person, amount: string) =>
  shop.call('post', `/v1/users/${person.id}/balance/entries`, { token: manager.token, body: { amount, kind: 'credit' } });

const MISSING = '01890a5d-ac96-774b-bcce-b302099a8057';

test('refuses a deleted or unknown product and leaves the stock of the others unchanged', async () => {
  const good = await makeProduct(shop, manager);
  const deleted = await makeProduct(shop, manager);
  await shop.call('delete', `/v1/products/${deleted}`, { token: manager.token });
  for (const id of [deleted, MISSING]) {
    const refused = await place([good, id]);
    expect(refused.body).toMatchObject({
      status: 422,
      code: 'product_unavailable',
      errors: [{ pointer: '/items/1/productId', message: `product ${id} is not for sale` }],
    });
  }
  expect(await stockOf(shop, good)).toEqual({ stock: 10, ledger: 10 });
});

test('names only the products with insufficient stock, and leaves stock unchanged', async () => {
  const enough = await makeProduct(shop, manager, { stockQuantity: 2 });
  const short = await makeProduct(shop, manager, { name: 'Scarce', stockQuantity: 1 });
  const { body } = await place([enough, short]);
  expect(body).toMatchObject({
    status: 409,
    code: 'insufficient_stock',
    detail: 'Insufficient stock: 2 requested, 1 available of Scarce.',
    errors: [{ pointer: '/items/1/quantity', code: 'insufficient_stock', message: `product ${short}: 2 requested, 1 available` }],
  });
  expect(body.errors).toHaveLength(1);
  expect(await stockOf(shop, enough)).toEqual({ stock: 2, ledger: 2 });
  expect(await stockOf(shop, short)).toEqual({ stock: 1, ledger: 1 });
});

test('refuses an order in two currencies and leaves stock unchanged', async () => {
  const ids = [await makeProduct(shop, manager), await makeProduct(shop, manager, { currency: 'JPY' })];
  const refused = await place(ids);
  expect(refused.body).toMatchObject({
    status: 422,
    code: 'product_unavailable',
    detail: 'The products have several currencies; place one order per currency.',
    errors: [
      { pointer: '/items/1/productId', code: 'currency_mismatch', message: `product ${ids[1]} is sold in JPY, those before it in USD` },
    ],
  });
  for (const id of ids) expect(await stockOf(shop, id)).toEqual({ stock: 10, ledger: 10 });
});

test('refuses an order of a deactivated account with a valid token, and leaves stock unchanged', async () => {
  const blocked = await signUp(shop);
  const id = await makeProduct(shop, manager);
  expect((await place([id], {}, blocked)).status).toBe(201);
  await shop.query('UPDATE users SET is_active = false WHERE id = $1::uuid', [blocked.id]);
  expect((await place([id], {}, blocked)).body).toMatchObject({ status: 403, code: 'forbidden' });
  expect(await stockOf(shop, id)).toEqual({ stock: 8, ledger: 8 });
});

test('keeps note and address, and is unpaid until an external payment', async () => {
  const shippingAddress = { street: '1 Main St', city: 'Springfield', postalCode: '12345', country: 'US' };
  const { body } = await place([await makeProduct(shop, manager)], { note: 'Ring twice.', shippingAddress });
  expect(body).toMatchObject({ status: 'pending', paidAt: null, note: 'Ring twice.', shippingAddress });
});

test('refuses an order that the balance does not cover and leaves balance and stock unchanged', async () => {
  const poor = await signUp(shop);
  await credit(poor, '19.99');
  const productId = await makeProduct(shop, manager);
  const refused = await place([productId], { paymentMethod: 'balance' }, poor);
  expect(refused.body).toMatchObject({
    status: 409,
    code: 'insufficient_balance',
    detail: 'Insufficient balance: the order costs 20.00. Top up the balance or choose external payment.',
    errors: [{ pointer: '/paymentMethod', code: 'insufficient_balance' }],
  });
  expect(await shop.query('SELECT balance FROM users WHERE id = $1::uuid', [poor.id])).toEqual([{ balance: '19.99' }]);
  expect(await stockOf(shop, productId)).toEqual({ stock: 10, ledger: 10 });
});

test('pays a free order from an empty balance without changing the user', async () => {
  const poor = await signUp(shop);
  const user = () => shop.query('SELECT xmin::text AS written, balance FROM users WHERE id = $1::uuid', [poor.id]);
  const before = await user();
  const placed = await place([await makeProduct(shop, manager, { price: '0.00' })], { paymentMethod: 'balance' }, poor);
  expect(placed.body).toMatchObject({ status: 'paid', total: '0.00' });
  expect(await user()).toEqual(before);
});

test('refuses an order whose buyer is deleted while it waits for their balance, and leaves balance and stock unchanged', async () => {
  const leaving = await signUp(shop);
  await credit(leaving, '20.00');
  const productId = await makeProduct(shop, manager);
  const deletion = { sql: 'UPDATE users SET deleted_at = now() WHERE id = $1::uuid', values: [leaving.id] };
  const refused = await behindLock(shop, deletion, () => place([productId], { paymentMethod: 'balance' }, leaving));
  expect([refused.status, refused.body.code]).toEqual([403, 'forbidden']);
  expect(await shop.query('SELECT balance FROM users WHERE id = $1::uuid', [leaving.id])).toEqual([{ balance: '20.00' }]);
  expect(await stockOf(shop, productId)).toEqual({ stock: 10, ledger: 10 });
});

test('records actor and reason of an order in every audit row, whatever characters the reason has', async () => {
  const id = await makeProduct(shop, manager);
  const reason = `it's "urgent" \\ {"a": [1]} $1`;
  const items = [{ productId: id, quantity: 1 }];
  const headers = { 'X-Reason': reason };
  const placed = await shop.call('post', '/v1/orders', { token: buyer.token, headers, body: { items, paymentMethod: 'external' } });
  expect(placed.status).toBe(201);
  const requestId = placed.headers['x-request-id'];
  const records = await shop.query(
    'SELECT table_name, action, actor, actor_id, reason FROM audit_logs WHERE request_id = $1 ORDER BY table_name',
    [requestId],
  );
  const who = { actor: `user:${buyer.id}`, actor_id: buyer.id, reason };
  expect(records).toEqual([
    { table_name: 'order_items', action: 'CREATE', ...who },
    { table_name: 'orders', action: 'CREATE', ...who },
    { table_name: 'products', action: 'UPDATE', ...who },
  ]);
  const [movement] = await shop.query('SELECT delta, reason, order_id, actor_id FROM stock_movements WHERE order_id = $1::uuid', [
    placed.body.id,
  ]);
  expect(movement).toEqual({ delta: -1, reason: 'order', order_id: placed.body.id, actor_id: buyer.id });
  // The reason does not leak into the next statement of the connection.
  await shop.query('UPDATE products SET stock_quantity = 5 WHERE id = $1::uuid', [id]);
  const [last] = await shop.query<{ reason: string | null }>(
    'SELECT reason FROM audit_logs WHERE record_id = $1::uuid ORDER BY id DESC LIMIT 1',
    [id],
  );
  expect(last?.reason).toBeNull();
});
