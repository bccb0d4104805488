import { makeProduct, stockOf } from '../../factories/products';
import { behindLock } from '../../support/behind-lock';
import { useShop } from '../../support/use-shop';

const { shop, manager, buyer } = useShop({ manager: 'manager', buyer: 'customer' });

const LOCK = 'SELECT FROM products WHERE id = $1::uuid FOR UPDATE';

const order = (ids: readonly string[]) => {
  const items = ids.map((productId) => ({ productId, quantity: 1 }));
  return shop.call('post', '/v1/orders', { token: buyer.token, body: { items, paymentMethod: 'external' } });
};

const free = (ids: readonly string[]) =>
  shop.query<{ id: string }>('SELECT id FROM products WHERE id = ANY ($1::uuid[]) FOR UPDATE SKIP LOCKED', [ids]);

async function twoProducts(): Promise<[first: string, second: string]> {
  const ids = [await makeProduct(shop, manager), await makeProduct(shop, manager)].sort();
  return ids as [string, string];
}

test('takes the current price of a product that it waited for', async () => {
  const productId = await makeProduct(shop, manager, { price: '10.00' });
  const raise = { sql: 'UPDATE products SET price = 12 WHERE id = $1::uuid', values: [productId] };
  expect((await behindLock(shop, raise, () => order([productId]))).body).toMatchObject({
    total: '12.00',
    items: [{ unitPrice: '12.00' }],
  });
});

test('an order locks its products in id order, whatever their order in the body', async () => {
  const [first, second] = await twoProducts();
  for (const ids of [
    [first, second],
    [second, first],
  ]) {
    const meanwhile = async () => expect(await free([second])).toEqual([{ id: second }]);
    const placed = await behindLock(shop, { sql: LOCK, values: [first], meanwhile }, () => order(ids));
    expect(placed.status).toBe(201);
  }
});

test('a refund locks its returned products in id order, whatever their order in the body', async () => {
  const [first, second] = await twoProducts();
  for (const ids of [
    [first, second],
    [second, first],
  ]) {
    const { body: placed } = await order(ids);
    await shop.call('post', `/v1/orders/${placed.id}/pay`, { token: manager.token });
    const restock = ids.map((productId) => ({ productId, quantity: 1 }));
    const refund = () => shop.call('post', `/v1/orders/${placed.id}/refunds`, { token: manager.token, body: { amount: '1.00', restock } });
    const meanwhile = async () => expect(await free([second])).toEqual([{ id: second }]);
    expect((await behindLock(shop, { sql: LOCK, values: [first], meanwhile }, refund)).status).toBe(201);
  }
});

test('refuses an adjustment that exceeds the stock left by a parallel sale', async () => {
  const productId = await makeProduct(shop, manager, { stockQuantity: 10 });
  const sold = { sql: 'UPDATE products SET stock_quantity = 3 WHERE id = $1::uuid', values: [productId] };
  const body = { productId, delta: -5, reason: 'adjustment' };
  const refused = await behindLock(shop, sold, () => shop.call('post', '/v1/stock-movements', { token: manager.token, body }));
  expect(refused.body).toMatchObject({ status: 409, code: 'insufficient_stock', detail: 'Insufficient stock: 5 requested, 3 available.' });
  expect(await stockOf(shop, productId)).toEqual({ stock: 3, ledger: 3 });
});

test('refuses an edit that waited for another one, and keeps the first', async () => {
  const id = await makeProduct(shop, manager);
  const edited = { sql: "UPDATE products SET brand = 'Theirs' WHERE id = $1::uuid", values: [id] };
  const { etag } = (await shop.call('get', `/v1/products/${id}`)).headers;
  const call = { token: manager.token, body: { brand: 'Ours' }, headers: { 'If-Match': String(etag) } };
  const refused = await behindLock(shop, edited, () => shop.call('patch', `/v1/products/${id}`, call));
  expect(refused.body).toMatchObject({ status: 412, code: 'precondition_failed' });
  expect(await shop.query('SELECT brand, version FROM products WHERE id = $1::uuid', [id])).toEqual([{ brand: 'Theirs', version: 2 }]);
});
