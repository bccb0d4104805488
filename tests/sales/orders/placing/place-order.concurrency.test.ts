import { makeProduct, stockOf } from '../../../factories/products';
import { useShop } from '../../../support/use-shop';

const { shop, manager, buyer } = useShop({ manager: 'manager', buyer: 'customer' });

const order = (items: { productId: string; quantity: number }[], paymentMethod = 'external') =>
  shop.call('post', '/v1/orders', { token: buyer.token, body: { items, paymentMethod } });

const tally = (statuses: number[]) =>
  Object.fromEntries([...new Set(statuses)].sort().map((status) => [status, statuses.filter((s) => s === status).length]));

test('sells exactly 50 pieces to 200 parallel buyers', async () => {
  const productId = await makeProduct(shop, manager, { stockQuantity: 50 });
  const responses = await Promise.all(Array.from({ length: 200 }, () => order([{ productId, quantity: 1 }])));
  expect(tally(responses.map(({ status }) => status))).toEqual({ 201: 50, 409: 150 });
  expect(await stockOf(shop, productId)).toEqual({ stock: 0, ledger: 0 });
});

test('places parallel orders that name the same products in opposite sequence', async () => {
  const one = await makeProduct(shop, manager, { stockQuantity: 1000 });
  const two = await makeProduct(shop, manager, { stockQuantity: 1000 });
  const responses = await Promise.all(
    Array.from({ length: 60 }, (_, index) => {
      const items = [one, two].map((productId) => ({ productId, quantity: 1 }));
      return order(index % 2 ? items : items.reverse());
    }),
  );
  expect(tally(responses.map(({ status }) => status))).toEqual({ 201: 60 });
  expect([await stockOf(shop, one), await stockOf(shop, two)]).toEqual([
    { stock: 940, ledger: 940 },
    { stock: 940, ledger: 940 },
  ]);
});

test('parallel orders never spend more than the balance', async () => {
  const productId = await makeProduct(shop, manager, { stockQuantity: 100, price: '10.00' });
  await shop.call('post', `/v1/users/${buyer.id}/balance/entries`, { token: manager.token, body: { amount: '55.00', kind: 'credit' } });
  const responses = await Promise.all(Array.from({ length: 20 }, () => order([{ productId, quantity: 1 }], 'balance')));
  expect(tally(responses.map(({ status }) => status))).toEqual({ 201: 5, 409: 15 });
  const [books] = await shop.query(
    'SELECT balance, (SELECT sum(amount) FROM balance_entries WHERE user_id = u.id) AS ledger FROM users u WHERE id = $1::uuid',
    [buyer.id],
  );
  expect(books).toEqual({ balance: '5.00', ledger: '5.00' });
  expect(await stockOf(shop, productId)).toEqual({ stock: 95, ledger: 95 });
});

test('parallel refunds never exceed the total of the order', async () => {
  const productId = await makeProduct(shop, manager, { price: '100.00' });
  const { body: placed } = await order([{ productId, quantity: 1 }]);
  for (const verb of ['pay', 'ship', 'complete']) await shop.call('post', `/v1/orders/${placed.id}/${verb}`, { token: manager.token });
  const responses = await Promise.all(
    Array.from({ length: 8 }, () =>
      shop.call('post', `/v1/orders/${placed.id}/refunds`, { token: manager.token, body: { amount: '30.00' } }),
    ),
  );
  expect(tally(responses.map(({ status }) => status))).toEqual({ 201: 3, 409: 5 });
  const [books] = await shop.query('SELECT sum(amount) AS refunded FROM refunds WHERE order_id = $1::uuid', [placed.id]);
  expect(books).toEqual({ refunded: '90.00' });
});
