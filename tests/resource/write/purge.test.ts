import { signUp } from '../../factories/people';
import { makeProduct, stockOf } from '../../factories/products';
import { useShop } from '../../support/use-shop';

const { shop, admin } = useShop({ admin: 'admin' });

const purge = (path: string) => shop.call('delete', `${path}?force=true`, { token: admin.token });
const send = (method: 'post' | 'delete', path: string, body?: object) => shop.call(method, path, { token: admin.token, body });
const recordsOf = (table: string) =>
  shop.query<{ action: string; old_values: Record<string, unknown> }>(
    'SELECT action, old_values FROM audit_logs WHERE table_name = $1 ORDER BY id',
    [table],
  );

test('purges a product that had stock, with its entries in the ledger, which the audit log keeps', async () => {
  const id = await makeProduct(shop, admin, { stockQuantity: 7 });
  await send('post', '/v1/stock-movements', { productId: id, delta: -2, reason: 'adjustment', note: 'broken' });
  expect((await purge(`/v1/products/${id}`)).status).toBe(204);
  expect(await shop.query('SELECT FROM products WHERE id = $1::uuid', [id])).toEqual([]);
  expect(await shop.query('SELECT FROM stock_movements WHERE product_id = $1::uuid', [id])).toEqual([]);
  expect((await recordsOf('stock_movements')).map(({ action, old_values: was }) => [action, was.delta, was.note]).sort()).toEqual([
    ['PURGE', -2, 'broken'],
    ['PURGE', 7, 'opening count'],
  ]);
});

test('purges a user who had a balance, with its entries', async () => {
  const person = await signUp(shop);
  await send('post', `/v1/users/${person.id}/balance/entries`, { amount: '25.00', kind: 'credit' });
  expect((await purge(`/v1/users/${person.id}`)).status).toBe(204);
  expect(await shop.query('SELECT FROM balance_entries WHERE user_id = $1::uuid', [person.id])).toEqual([]);
  expect((await recordsOf('balance_entries')).map(({ action, old_values: was }) => [action, was.amount])).toEqual([['PURGE', 25]]);
});

test('refuses to purge a product and a user that an order refers to, says what does and what to do, and changes nothing', async () => {
  const buyer = await signUp(shop);
  const productId = await makeProduct(shop, admin, { stockQuantity: 5 });
  await send('post', `/v1/users/${buyer.id}/balance/entries`, { amount: '50.00', kind: 'credit' });
  for (const paymentMethod of ['balance', 'external']) {
    const body = { items: [{ productId, quantity: 1 }], paymentMethod };
    expect((await shop.call('post', '/v1/orders', { token: buyer.token, body })).status).toBe(201);
  }
  const product = await purge(`/v1/products/${productId}`);
  expect(product.body).toMatchObject({ status: 409, code: 'in_use', detail: expect.stringMatching(/order items: 2.*without force=true/) });
  expect((await purge(`/v1/users/${buyer.id}`)).body).toMatchObject({ code: 'in_use', detail: expect.stringContaining('orders: 2') });
  expect(await stockOf(shop, productId)).toEqual({ stock: 3, ledger: 3 });
  expect(await shop.query('SELECT balance FROM users WHERE id = $1::uuid', [buyer.id])).toEqual([{ balance: '40.00' }]);
  expect((await send('delete', `/v1/products/${productId}`)).status).toBe(204);
});

test('says of an object that is deleted already that it is hidden, instead of advising to delete it', async () => {
  const buyer = await signUp(shop);
  const productId = await makeProduct(shop, admin, { stockQuantity: 5 });
  const order = { items: [{ productId, quantity: 1 }], paymentMethod: 'external' };
  expect((await shop.call('post', '/v1/orders', { token: buyer.token, body: order })).status).toBe(201);
  expect((await send('delete', `/v1/products/${productId}`)).status).toBe(204);
  const { status, body } = await purge(`/v1/products/${productId}`);
  expect([status, body.code]).toEqual([409, 'in_use']);
  expect(body.detail).toMatch(/\(order items: 1.*\)\. It is deleted and hidden already, and they stay whole\.$/);
  expect(await shop.query('SELECT deleted_at IS NOT NULL AS deleted FROM products WHERE id = $1::uuid', [productId])).toEqual([
    { deleted: true },
  ]);
});

test('names what keeps a category and a role from being purged, deleted rows too', async () => {
  const { id } = (await send('post', '/v1/categories', { name: 'Teas' })).body;
  const productId = await makeProduct(shop, admin, { categoryId: id });
  await send('delete', `/v1/products/${productId}`);
  expect((await purge(`/v1/categories/${id}`)).body).toMatchObject({ code: 'in_use', detail: expect.stringContaining('products: 1') });
  const role = (await send('post', '/v1/roles', { name: 'packer' })).body;
  const person = await signUp(shop);
  await send('post', `/v1/users/${person.id}/roles`, { role: 'packer' });
  expect((await purge(`/v1/roles/${role.id}`)).body).toMatchObject({ code: 'in_use', detail: expect.stringContaining('user roles: 1') });
  expect((await purge(`/v1/products/${productId}`)).status).toBe(204);
  expect((await purge(`/v1/categories/${id}`)).status).toBe(204);
});

describe('the ledgers under raw SQL', () => {
  let productId: string;
  let userId: string;

  beforeAll(async () => {
    const buyer = await signUp(shop);
    userId = buyer.id;
    productId = await makeProduct(shop, admin, { stockQuantity: 4 });
    await send('post', `/v1/users/${userId}/balance/entries`, { amount: '30.00', kind: 'credit' });
    const body = { items: [{ productId, quantity: 1 }], paymentMethod: 'balance' };
    await shop.call('post', '/v1/orders', { token: buyer.token, body });
  });

  test.each([
    ['an entry of stock', 'DELETE FROM stock_movements WHERE product_id = $1::uuid', '42501'],
    ['an entry of a balance', 'DELETE FROM balance_entries WHERE user_id = $2::uuid', '42501'],
    [
      'both, with a session variable of ours',
      "WITH s AS (SELECT set_config('app.purge', 'on', true)) DELETE FROM stock_movements USING s WHERE product_id = $1::uuid",
      '42501',
    ],
    ['a product that was sold', 'DELETE FROM products WHERE id = $1::uuid', '23001|23503'],
    ['a buyer', 'DELETE FROM users WHERE id = $2::uuid', '23001|23503'],
    ['all entries', 'TRUNCATE stock_movements', '42501'],
    ['all products with what refers to them', 'TRUNCATE products CASCADE', '42501'],
  ])('keep %s', async (_what, sql, code) => {
    const state = async () => [await stockOf(shop, productId), await shop.query('SELECT count(*) FROM balance_entries')];
    const before = await state();
    const written = sql.replace('$1', `'${productId}'`).replace('$2', `'${userId}'`);
    await expect(shop.query(written)).rejects.toMatchObject({ original: { code: expect.stringMatching(code) } });
    expect(await state()).toEqual(before);
  });

  test('keep the entries that record an order, even where their owner has no order any more', async () => {
    const other = await signUp(shop);
    await shop.query('UPDATE orders SET user_id = $1::uuid WHERE user_id = $2::uuid', [other.id, userId]);
    expect((await purge(`/v1/users/${userId}`)).body.code).toBe('in_use');
    expect(await shop.query('SELECT count(*)::int AS entries FROM balance_entries WHERE user_id = $1::uuid', [userId])).toEqual([
      { entries: 2 },
    ]);
  });
});
