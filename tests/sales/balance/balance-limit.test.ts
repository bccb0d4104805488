import { type Person, signUp } from '../../factories/people';
import { makeProduct, stockOf } from '../../factories/products';
import { useShop } from '../../support/use-shop';

const { shop, manager } = useShop({ manager: 'manager' });

const MAX = '9999999999.99';

const post = (path: string, who: Person, body: Record<string, unknown> = {}) => shop.call('post', path, { token: who.token, body });
const credit = (userId: string, amount: string) => post(`/v1/users/${userId}/balance/entries`, manager, { amount, kind: 'credit' });
const balanceOf = async (userId: string) =>
  (
    await shop.query(
      'SELECT balance, (SELECT count(*)::int FROM balance_entries WHERE user_id = u.id) AS entries FROM users u WHERE id = $1::uuid',
      [userId],
    )
  )[0];

/* A customer who paid 10.00 from a balance that is full again. */
async function orderOfFullBalance() {
  const buyer = await signUp(shop);
  const productId = await makeProduct(shop, manager, { price: '10.00', stockQuantity: 5 });
  expect((await credit(buyer.id, '10.00')).status).toBe(201);
  const order = await post('/v1/orders', buyer, { items: [{ productId, quantity: 1 }], paymentMethod: 'balance' });
  expect([order.status, (await credit(buyer.id, MAX)).status]).toEqual([201, 201]);
  return { buyer, productId, orderId: String(order.body.id) };
}

test('credits a balance up to its limit, and says the limit and the balance of what goes beyond', async () => {
  const { id } = await signUp(shop);
  expect((await credit(id, '9999999999.00')).status).toBe(201);
  const refused = await credit(id, '1.00');
  const message = 'balance must be at most 9999999999.99; it is 9999999999.00 now';
  expect(refused.body).toMatchObject({
    status: 422,
    code: 'invalid_body',
    detail: message,
    errors: [{ pointer: '/amount', code: 'too_large', message }],
  });
  expect(await balanceOf(id)).toEqual({ balance: '9999999999.00', entries: 1 });
  expect((await credit(id, '0.99')).status).toBe(201);
  expect(await balanceOf(id)).toEqual({ balance: MAX, entries: 2 });
});

test.each([
  ['a refund', 'refunds', { amount: '10.00' }],
  ['a cancellation', 'cancel', {}],
])('refuses %s whose money does not fit on the balance, changes nothing, and does it once it fits', async (_what, action, body) => {
  const { buyer, productId, orderId } = await orderOfFullBalance();
  const refused = await post(`/v1/orders/${orderId}/${action}`, manager, body);
  expect(refused.body).toMatchObject({ status: 409, code: 'balance_limit_exceeded' });
  expect(refused.body.detail).toContain(`10.00 does not fit on the customer's balance: balance must be at most ${MAX}; it is ${MAX} now.`);
  expect(await balanceOf(buyer.id)).toEqual({ balance: MAX, entries: 3 });
  expect(await stockOf(shop, productId)).toEqual({ stock: 4, ledger: 4 });
  expect(await shop.query('SELECT status FROM orders WHERE id = $1::uuid', [orderId])).toEqual([{ status: 'paid' }]);
  expect(await shop.query('SELECT FROM refunds WHERE order_id = $1::uuid', [orderId])).toEqual([]);

  const spent = await post('/v1/orders', buyer, { items: [{ productId, quantity: 1 }], paymentMethod: 'balance' });
  expect(spent.status).toBe(201);
  expect((await post(`/v1/orders/${orderId}/${action}`, manager, body)).status).toBeLessThan(300);
  expect(await balanceOf(buyer.id)).toEqual({ balance: MAX, entries: 5 });
});
