import { makeProduct, stockOf } from '../../factories/products';
import { useShop } from '../../support/use-shop';
import { guestCart, releaseDueCarts } from './support/carts';

const { shop, manager, buyer } = useShop({ manager: 'manager', buyer: 'customer' });

const movements = (id: string) =>
  shop.query<{ reason: string; delta: number; quantity_after: number }>(
    'SELECT reason, delta, quantity_after FROM stock_movements WHERE product_id = $1::uuid ORDER BY created_at, id',
    [id],
  );
const order = (productId: string, quantity = 1) =>
  shop.call('post', '/v1/orders', { token: buyer.token, body: { items: [{ productId, quantity }], paymentMethod: 'external' } });

test('holds the goods for the cart alone, and sells it what it holds', async () => {
  const product = await makeProduct(shop, manager, { stockQuantity: 3 });
  const guest = await guestCart(shop, [{ productId: product, quantity: 3 }]);
  const held = await guest.call('post', '/hold');
  expect(held.body).toMatchObject({ quote: { items: [{ available: 3 }], problems: [] } });
  expect(held.body.heldUntil).not.toBeNull();
  expect(await stockOf(shop, product)).toEqual({ stock: 0, ledger: 0 });
  expect((await order(product)).body).toMatchObject({ status: 409, code: 'insufficient_stock' });
  const placed = await guest.call('post', '/checkout', {});
  expect(placed.status).toBe(201);
  expect(await movements(product)).toEqual([
    { reason: 'adjustment', delta: 3, quantity_after: 3 },
    { reason: 'hold', delta: -3, quantity_after: 0 },
    { reason: 'release', delta: 3, quantity_after: 3 },
    { reason: 'order', delta: -3, quantity_after: 0 },
  ]);
  expect((await guest.call('post', '/hold')).body).toMatchObject({ status: 409, code: 'cart_not_open' });
});

test('extends a hold once, and gives the goods back when it is released or the cart is deleted', async () => {
  const product = await makeProduct(shop, manager, { stockQuantity: 3 });
  const guest = await guestCart(shop, [{ productId: product, quantity: 2 }]);
  const first = (await guest.call('post', '/hold')).body;
  const second = (await guest.call('post', '/hold')).body;
  expect(Date.parse(second.heldUntil) - Date.parse(first.heldUntil)).toBe(15 * 60_000);
  expect((await guest.call('post', '/hold')).body).toMatchObject({ status: 409, code: 'hold_not_extendable' });
  expect((await guest.call('delete', '/hold')).body.heldUntil).toBeNull();
  expect((await guest.call('delete', '/hold')).body.heldUntil).toBeNull();
  expect(await stockOf(shop, product)).toEqual({ stock: 3, ledger: 3 });
  await guest.call('post', '/hold');
  expect((await guest.call('delete')).status).toBe(204);
  expect(await stockOf(shop, product)).toEqual({ stock: 3, ledger: 3 });
});

test('takes or gives the difference where the lines of a held cart change, and refuses what is not there', async () => {
  const product = await makeProduct(shop, manager, { stockQuantity: 3 });
  const other = await makeProduct(shop, manager, { stockQuantity: 1 });
  const guest = await guestCart(shop, [{ productId: product, quantity: 1 }]);
  const [{ id: line }] = (await guest.call('post', '/hold')).body.quote.items;
  await guest.call('patch', `/items/${line}`, { quantity: 3 });
  expect(await stockOf(shop, product)).toEqual({ stock: 0, ledger: 0 });
  expect((await guest.call('patch', `/items/${line}`, { quantity: 4 })).body).toMatchObject({ status: 409, code: 'insufficient_stock' });
  await guest.call('patch', `/items/${line}`, { quantity: 1 });
  await guest.call('post', '/items', { items: [{ productId: other, quantity: 1 }] });
  expect([await stockOf(shop, product), await stockOf(shop, other)]).toEqual([
    { stock: 2, ledger: 2 },
    { stock: 0, ledger: 0 },
  ]);
  await guest.call('delete', `/items/${line}`);
  expect(await stockOf(shop, product)).toEqual({ stock: 3, ledger: 3 });
});

test('ends a hold when its time has come, also one that was not looked after', async () => {
  const product = await makeProduct(shop, manager, { stockQuantity: 3 });
  const guest = await guestCart(shop, [{ productId: product, quantity: 3 }]);
  await guest.call('post', '/hold');
  await releaseDueCarts(shop);
  expect(await stockOf(shop, product)).toEqual({ stock: 0, ledger: 0 });
  await shop.query("UPDATE carts SET held_until = clock_timestamp() - interval '1 second' WHERE id = $1::uuid", [guest.id]);
  await releaseDueCarts(shop);
  expect(await stockOf(shop, product)).toEqual({ stock: 3, ledger: 3 });
  expect((await guest.call('get')).body).toMatchObject({ heldUntil: null, status: 'open' });
});

test('gives the last piece to one, whoever holds, orders or checks out at once', async () => {
  const product = await makeProduct(shop, manager, { stockQuantity: 1 });
  const guests = await Promise.all(Array.from({ length: 6 }, () => guestCart(shop, [{ productId: product, quantity: 1 }])));
  const got = await Promise.all([
    ...guests.slice(0, 3).map((guest) => guest.call('post', '/hold')),
    ...guests.slice(3).map((guest) => guest.call('post', '/checkout', {})),
    order(product),
  ]);
  expect(got.filter(({ status }) => status < 300)).toHaveLength(1);
  expect(new Set(got.filter(({ status }) => status >= 300).map(({ body }) => body.code))).toEqual(new Set(['insufficient_stock']));
  expect(await stockOf(shop, product)).toEqual({ stock: 0, ledger: 0 });
});

test('lets psql end a hold by no other way than the ledger', async () => {
  const product = await makeProduct(shop, manager, { stockQuantity: 3 });
  const guest = await guestCart(shop, [{ productId: product, quantity: 2 }]);
  await guest.call('post', '/hold');
  await shop.query("UPDATE carts SET status = 'abandoned' WHERE id = $1::uuid", [guest.id]);
  expect(await stockOf(shop, product)).toEqual({ stock: 3, ledger: 3 });
  await expect(shop.query("UPDATE carts SET status = 'open' WHERE id = $1::uuid", [guest.id])).rejects.toThrow('is abandoned');
  await expect(shop.query('UPDATE cart_items SET quantity = 1 WHERE cart_id = $1::uuid', [guest.id])).rejects.toThrow('is abandoned');
});
