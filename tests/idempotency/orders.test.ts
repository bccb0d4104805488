import type { Response } from 'supertest';
import { makeProduct, stockOf } from '../factories/products';
import { recordStatements } from '../support/query-recorder';
import { type Shop, startShop } from '../support/shop';
import { useShop } from '../support/use-shop';

const { shop, manager, admin, buyer, second } = useShop({ manager: 'manager', admin: 'admin', buyer: 'customer', second: 'customer' });
/** Other processes on the same database, the last of which places each order by a statement of its own. */
let others: readonly Shop[];

beforeAll(async () => {
  const DATABASE_URL = shop.env.DATABASE_URL;
  others = [await startShop({ DATABASE_URL }), await startShop({ DATABASE_URL, BATCHING: 'off' })];
});
afterAll(() => Promise.all(others.map((other) => other.close())));

let keys = 0;
const newKey = () => `key-of-an-order-${String(++keys).padStart(4, '0')}`;
const shown = ({ status, text, headers: { etag, location, 'content-type': type } }: Response) => ({ status, text, etag, location, type });
const isReplay = ({ headers }: Response) => headers['idempotency-replayed'] === 'true';

interface Placed {
  readonly from?: Shop;
  readonly token?: string | undefined;
  readonly quantity?: number;
  readonly paymentMethod?: string;
}

const place = (productId: string, key: string | null, { from = shop, token, quantity = 1, paymentMethod = 'external' }: Placed = {}) =>
  from.call('post', '/v1/orders', {
    token: token ?? buyer.token,
    body: { items: [{ productId, quantity }], paymentMethod },
    ...(key !== null && { headers: { 'Idempotency-Key': key } }),
  });
const ordersOf = (productId: string) => shop.query('SELECT order_id FROM order_items WHERE product_id = $1::uuid', [productId]);

test.each([0, 1, 2])('places an order once, and sends its response again byte for byte (process %i)', async (process) => {
  const [productId, key] = [await makeProduct(shop, manager), newKey()];
  const from = [shop, ...others][process] as Shop;
  const first = await place(productId, key, { from });
  expect([first.status, isReplay(first)]).toEqual([201, false]);
  await shop.call('post', `/v1/orders/${first.body.id}/pay`, { token: manager.token });
  for (const repeat of [shop, ...others]) {
    const replay = await place(productId, key, { from: repeat });
    expect([shown(replay), isReplay(replay)]).toEqual([shown(first), true]);
  }
  expect(await ordersOf(productId)).toHaveLength(1);
  expect(await stockOf(shop, productId)).toEqual({ stock: 9, ledger: 9 });
});

test('is still one statement, and finds a repeated order by that statement, too', async () => {
  const [productId, key] = [await makeProduct(shop, manager), newKey()];
  const statements = async (withKey: string | null) =>
    recordStatements(async () => expect((await place(productId, withKey)).status).toBe(201));
  expect([await statements(key), await statements(key), await statements(null)].map(({ length }) => length)).toEqual([1, 1, 1]);
});

test('keeps orders of one transaction apart: those with a key, those without, and those whose key is known', async () => {
  const products = await Promise.all([1, 2, 3].map(() => makeProduct(shop, manager, { stockQuantity: 100 })));
  const known = newKey();
  const earlier = await place(products[0] as string, known);
  const sent = await Promise.all(
    Array.from({ length: 30 }, (_, n) => {
      const key = n % 5 === 4 ? known : n % 2 ? newKey() : null;
      const productId = key === known ? products[0] : products[n % 3];
      return place(productId as string, key, { token: key === known || n % 3 ? buyer.token : second.token });
    }),
  );
  const replays = sent.filter(isReplay);
  expect(replays.length).toBeGreaterThan(0);
  for (const replay of replays) expect(shown(replay)).toEqual(shown(earlier));
  const refused = sent.filter(({ status }) => status !== 201);
  expect(new Set(refused.map(({ body }) => body.code)).size).toBeLessThanOrEqual(1);
  expect(refused.every(({ body }) => body.code === 'request_in_progress')).toBe(true);
  const placed = new Set(sent.filter(({ status }) => status === 201).map(({ body }) => body.id));
  expect(placed.size).toBe(24 + 1);
});

test('places each order once, however many processes send it at once, also where it pays from the balance', async () => {
  const productId = await makeProduct(shop, manager, { stockQuantity: 100 });
  const credit = { token: admin.token, body: { amount: '200.00', kind: 'credit' } };
  await shop.call('post', `/v1/users/${second.id}/balance/entries`, credit);
  const orderKeys = [newKey(), newKey(), newKey(), newKey()];
  const send = (n: number) =>
    place(productId, orderKeys[n % 4] as string, { from: [shop, ...others][n % 3] as Shop, token: second.token, paymentMethod: 'balance' });
  const responses = await Promise.all(Array.from({ length: 36 }, (_, n) => send(n)));
  const codes = new Set(responses.map(({ status, body }) => (status === 201 ? 'placed' : body.code)));
  expect([...codes].filter((code) => code !== 'placed' && code !== 'request_in_progress')).toEqual([]);
  const settled = await Promise.all(orderKeys.map((_, n) => send(n)));
  expect(settled.map(isReplay)).toEqual([true, true, true, true]);
  expect(await ordersOf(productId)).toHaveLength(4);
  expect(await stockOf(shop, productId)).toEqual({ stock: 96, ledger: 96 });
  expect(await shop.query('SELECT balance FROM users WHERE id = $1::uuid', [second.id])).toEqual([{ balance: '160.00' }]);
});

test('sends a refusal for want of stock again, though there is stock by now', async () => {
  const [productId, key] = [await makeProduct(shop, manager, { stockQuantity: 1 }), newKey()];
  const first = await place(productId, key, { quantity: 2 });
  expect(first.body).toMatchObject({ status: 409, code: 'insufficient_stock' });
  await shop.call('post', '/v1/stock-movements', { token: manager.token, body: { productId, delta: 5, reason: 'restock' } });
  const replay = await place(productId, key, { quantity: 2, from: others[0] as Shop });
  expect([shown(replay), isReplay(replay)]).toEqual([shown(first), true]);
  expect((await place(productId, newKey(), { quantity: 2 })).status).toBe(201);
});

test('refuses the key of another order, and takes that of another buyer', async () => {
  const [productId, key] = [await makeProduct(shop, manager), newKey()];
  expect((await place(productId, key)).status).toBe(201);
  expect((await place(productId, key, { quantity: 2 })).body).toMatchObject({ status: 422, code: 'idempotency_key_reused' });
  expect((await stockOf(shop, productId)).stock).toBe(9);
  expect((await place(productId, key, { token: second.token })).status).toBe(201);
});
