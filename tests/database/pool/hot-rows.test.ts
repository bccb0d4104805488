import { logIn, PASSWORD } from '../../factories/people';
import { makeProduct, stockOf } from '../../factories/products';
import { codesOf, times, useLockHolder, whetherOver } from '../../support/use-lock-holder';
import { useShop } from '../../support/use-shop';

/* Three rounds of lock waits fit into one wait for a connection. */
const LOCK_MS = 700;
const WAIT_MS = 4_000;
const { shop, manager, admin, buyer } = useShop(
  { manager: 'manager', admin: 'admin', buyer: 'customer' },
  { LOCK_TIMEOUT_MS: String(LOCK_MS), DB_POOL_ACQUIRE_TIMEOUT_MS: String(WAIT_MS) },
);

const { hold, letGo, mostWaiting } = useLockHolder(shop);

const order = (productId: string, paymentMethod = 'external') =>
  shop.call('post', '/v1/orders', { token: buyer.token, body: { items: [{ productId, quantity: 1 }], paymentMethod } });

test('answers reads, readiness, log-in and other orders while a product is locked elsewhere, with one waiter in the database', async () => {
  const hot = await makeProduct(shop, manager);
  const other = await makeProduct(shop, manager);
  const { body: cancellable } = await order(hot);
  const { body: refundable } = await order(hot);
  await shop.call('post', `/v1/orders/${refundable.id}/pay`, { token: manager.token });
  await hold('SELECT FROM products WHERE id = $1::uuid FOR UPDATE', [hot]);

  const restock = [{ productId: hot, quantity: 1 }];
  const wanting = Promise.all([
    ...times(8, () => order(hot)),
    ...times(4, () => shop.call('patch', `/v1/products/${hot}`, { token: manager.token, body: { brand: 'Hot' } })),
    ...times(4, () =>
      shop.call('post', '/v1/stock-movements', { token: manager.token, body: { productId: hot, delta: 1, reason: 'restock' } }),
    ),
    ...times(2, () => shop.call('put', `/v1/products/${hot}/stock`, { token: manager.token, body: { quantity: 5, reason: 'adjustment' } })),
    ...times(2, () => shop.call('post', `/v1/orders/${cancellable.id}/cancel`, { token: buyer.token })),
    ...times(2, () =>
      shop.call('post', `/v1/orders/${refundable.id}/refunds`, { token: manager.token, body: { amount: '1.00', restock } }),
    ),
  ]);
  const most = mostWaiting(wanting);
  const isOver = whetherOver(wanting);
  const others = await Promise.all([
    shop.call('get', `/v1/products/${hot}`),
    shop.call('get', '/v1/products?price[gte]=1'),
    shop.call('get', '/health/ready'),
    shop.call('post', '/v1/auth/login', { body: { email: buyer.email, password: PASSWORD } }),
    order(other),
  ]);
  expect([others.map(({ status }) => status), isOver()]).toEqual([[200, 200, 200, 200, 201], false]);
  expect(codesOf(await wanting)).toEqual(['503 busy']);
  expect(await most).toBe(1);
  await letGo();
  expect(await stockOf(shop, hot)).toEqual({ stock: 8, ledger: 8 });
  expect((await order(hot)).status).toBe(201);
});

test('lets one credit at a time wait for a balance that is locked elsewhere', async () => {
  await hold('SELECT FROM users WHERE id = $1::uuid FOR UPDATE', [buyer.id]);
  const credit = () =>
    shop.call('post', `/v1/users/${buyer.id}/balance/entries`, { token: admin.token, body: { amount: '1.00', kind: 'credit' } });
  const wanting = Promise.all(times(8, credit));
  const most = mostWaiting(wanting);
  expect(codesOf(await wanting)).toEqual(['503 busy']);
  expect(await most).toBe(1);
  await letGo();
  expect((await credit()).status).toBe(201);
});

test('answers log-ins, reads and readiness at once, and other orders in time, while as many rows are locked elsewhere as the pool has connections', async () => {
  const products = await Promise.all(times(10, () => makeProduct(shop, manager)));
  const other = await makeProduct(shop, manager);
  const [refreshed, left] = [await logIn(shop, buyer.email), await logIn(shop, buyer.email)];
  await hold('SELECT FROM products WHERE id = ANY ($1::uuid[]) FOR UPDATE', [products]);
  const wanting = Promise.all(
    products.map((id) => shop.call('patch', `/v1/products/${id}`, { token: manager.token, body: { brand: 'Hot' } })),
  );
  const most = mostWaiting(wanting);
  const isOver = whetherOver(wanting);
  const others = await Promise.all([
    shop.call('get', `/v1/products/${products[0]}`),
    shop.call('get', '/v1/products?price[gte]=1'),
    shop.call('get', '/health'),
    shop.call('post', '/v1/auth/login', { body: { email: buyer.email, password: PASSWORD } }),
    shop.call('post', '/v1/auth/refresh', { body: { refreshToken: refreshed.refreshToken } }),
    shop.call('post', '/v1/auth/logout', { body: { refreshToken: left.refreshToken } }),
  ]);
  const ordered = order(other);
  expect([others.map(({ status }) => status), isOver()]).toEqual([[200, 200, 200, 200, 200, 204], false]);
  expect(codesOf(await wanting)).toEqual(['503 busy']);
  expect(await most).toBe(4);
  // It waits for its share behind the ten, four at a time.
  expect((await ordered).status).toBe(201);
});

/* FOR UPDATE, as a DELETE by hand takes it: the strongest lock, for which a foreign key's check waits. */
test('places the orders of other buyers at once while one buyer is locked elsewhere, in whatever group they meet', async () => {
  await hold('SELECT FROM users WHERE id = $1::uuid FOR UPDATE', [buyer.id]);
  const products = await Promise.all(times(20, () => makeProduct(shop, manager)));
  const orders = products.map((productId, n) => {
    const { token } = n === 5 ? buyer : admin;
    return shop.call('post', '/v1/orders', { token, body: { items: [{ productId, quantity: 1 }], paymentMethod: 'external' } });
  });
  const isOver = whetherOver(orders[5] as Promise<unknown>);
  const others = await Promise.all(orders.filter((_, n) => n !== 5));
  expect([codesOf(others), isOver()]).toEqual([['201'], false]);
  await letGo();
  expect((await orders[5])?.status).toBe(201);
});

test('keeps an edit of a user out of the way of orders that refer to them', async () => {
  const productId = await makeProduct(shop, manager);
  // What a PATCH of the user, a log-in or a credit holds.
  await hold('SELECT FROM users WHERE id = $1::uuid FOR NO KEY UPDATE', [buyer.id]);
  expect((await order(productId)).status).toBe(201);
});
