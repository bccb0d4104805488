import { type Person, signUp } from '../../../factories/people';
import { makeProduct, stockOf } from '../../../factories/products';
import { behindLock } from '../../../support/behind-lock';
import { startShop } from '../../../support/shop';
import { useShop } from '../../../support/use-shop';

const LIMITS = { MAX_UNPAID_ORDERS_PER_ACCOUNT: '4', MAX_UNPAID_UNITS_PER_ACCOUNT: '20' };

const { shop, manager } = useShop({ manager: 'manager' }, LIMITS);

const place = ({ token }: Person, productId: string, quantity = 1, paymentMethod = 'external') =>
  shop.call('post', '/v1/orders', { token, body: { items: [{ productId, quantity }], paymentMethod } });
const products = (count: number) => Promise.all(Array.from({ length: count }, () => makeProduct(shop, manager, { stockQuantity: 100 })));
const unpaidOf = async ({ id }: Person) =>
  (
    await shop.query<{ orders: number; units: number }>(
      `SELECT count(DISTINCT o.id)::int AS orders, coalesce(sum(quantity), 0)::int AS units
       FROM orders o JOIN order_items i ON i.order_id = o.id WHERE user_id = $1::uuid AND status = 'pending'`,
      [id],
    )
  )[0];
const codes = (responses: readonly { status: number; body: { code?: string } }[]) =>
  responses.map(({ status, body }) => body.code ?? status).sort();

test('refuses one unpaid order too many and leaves stock unchanged; a payment or cancellation makes room', async () => {
  const buyer = await signUp(shop);
  const [productId = ''] = await products(1);
  const placed = [];
  for (let n = 0; n < 4; n += 1) placed.push((await place(buyer, productId)).body);
  const refused = await place(buyer, productId);
  expect(refused.body).toMatchObject({ status: 409, code: 'too_many_unpaid_orders' });
  expect(refused.body.detail).toBe('This account has 4 unpaid orders, the most that it may have. Pay or cancel one, then order again.');
  expect(await stockOf(shop, productId)).toEqual({ stock: 96, ledger: 96 });
  await shop.call('post', `/v1/orders/${placed[0].id}/cancel`, { token: buyer.token });
  await shop.call('post', `/v1/orders/${placed[1].id}/pay`, { token: manager.token });
  for (const expected of [201, 201, 409]) expect((await place(buyer, productId)).status).toBe(expected);
});

test('refuses more unpaid pieces than one account may hold, also in one order, and leaves stock unchanged', async () => {
  const buyer = await signUp(shop);
  const [productId = ''] = await products(1);
  expect((await place(buyer, productId, 21)).body).toMatchObject({
    status: 409,
    code: 'too_many_unpaid_orders',
    detail: 'This order has 21 pieces, and at most 20 may be unpaid at a time. Order fewer pieces.',
  });
  expect((await place(buyer, productId, 15)).status).toBe(201);
  expect((await place(buyer, productId, 6)).body.detail).toBe(
    "This account's unpaid orders hold 15 pieces, this order has 6, and at most 20 may be unpaid. Pay or cancel an order, or order fewer pieces.",
  );
  expect((await place(buyer, productId, 5)).status).toBe(201);
  expect(await stockOf(shop, productId)).toEqual({ stock: 80, ledger: 80 });
});

test('limits staff as it limits customers, but neither orders paid from the balance nor other accounts', async () => {
  const [buyer, other] = [await signUp(shop), await signUp(shop)];
  const [productId = ''] = await products(1);
  const body = { amount: '1000.00', kind: 'credit' };
  await shop.call('post', `/v1/users/${buyer.id}/balance/entries`, { token: manager.token, body });
  for (let n = 0; n < 6; n += 1) expect((await place(buyer, productId, 5, 'balance')).status).toBe(201);
  for (const expected of [201, 201, 201, 201, 409]) expect((await place(manager, productId)).status).toBe(expected);
  for (let n = 0; n < 4; n += 1) expect((await place(buyer, productId)).status).toBe(201);
  expect((await place(other, productId)).status).toBe(201);
});

test('counts an order that another transaction commits while this one waits for the account', async () => {
  const buyer = await signUp(shop);
  const [productId = ''] = await products(1);
  for (let n = 0; n < 3; n += 1) await place(buyer, productId);
  const sql = `SELECT unpaid_of('${buyer.id}', false);
    INSERT INTO orders (id, order_number, user_id, status, payment_method, subtotal, total, placed_at)
    VALUES (uuid_v7(), 'HAND-1', '${buyer.id}', 'pending', 'external', 0, 0, now())`;
  const refused = await behindLock(shop, { sql, values: [] }, () => place(buyer, productId));
  expect(refused.body).toMatchObject({ status: 409, code: 'too_many_unpaid_orders' });
  expect(await stockOf(shop, productId)).toEqual({ stock: 97, ledger: 97 });
});

/* The last test: the models are on the connection of the process that was started last. */
test('holds an account to its limits among fifty parallel orders of two processes, and no other account with it', async () => {
  const twin = await startShop({ ...LIMITS, DATABASE_URL: shop.env.DATABASE_URL });
  const [one, two] = [await signUp(shop), await signUp(shop)];
  const ids = await products(10);
  const order = (n: number) => {
    const { token } = n % 2 ? one : two;
    const body = { items: [{ productId: ids[n % 10], quantity: 1 }], paymentMethod: 'external' };
    return (n % 3 === 0 ? twin : shop).call('post', '/v1/orders', { token, body });
  };
  const responses = await Promise.all(Array.from({ length: 100 }, (_, n) => order(n)));
  expect(codes(responses)).toEqual([...Array(8).fill(201), ...Array(92).fill('too_many_unpaid_orders')]);
  for (const person of [one, two]) expect(await unpaidOf(person)).toEqual({ orders: 4, units: 4 });
  await twin.close();
});
