import { makeProduct } from '../../factories/products';
import { useShop } from '../../support/use-shop';

const { shop, manager, buyer } = useShop({ manager: 'manager', buyer: 'customer' });
let productId: string;

beforeAll(async () => {
  productId = await makeProduct(shop, manager, { price: '10.00', stockQuantity: 1_000 });
  const body = { amount: '5000.00', kind: 'credit' };
  await shop.call('post', `/v1/users/${buyer.id}/balance/entries`, { token: manager.token, body });
});

const order = () =>
  shop.call('post', '/v1/orders', { token: buyer.token, body: { items: [{ productId, quantity: 2 }], paymentMethod: 'balance' } });
const orders = async (count: number) => (await Promise.all(Array.from({ length: count }, order))).map(({ body }) => body.id as string);
const refund = (id: string) =>
  shop.call('post', `/v1/orders/${id}/refunds`, {
    token: manager.token,
    body: { amount: '10.00', restock: [{ productId, quantity: 1 }] },
  });
const cancel = (id: string) => shop.call('post', `/v1/orders/${id}/cancel`, { token: manager.token });

async function books() {
  const [row] = await shop.query(`
    SELECT p.stock_quantity - (SELECT sum(delta) FROM stock_movements WHERE product_id = p.id) AS stock,
      (SELECT sum(balance) - (SELECT sum(amount) FROM balance_entries) FROM users) AS balance,
      (SELECT count(*) FROM orders o WHERE (SELECT sum(amount) FROM refunds WHERE order_id = o.id) > o.total) AS over
    FROM products p WHERE id = '${productId}'`);
  return row;
}

const BALANCED = { stock: '0', balance: '0.00', over: '0' };

test('refunds and restocks beside parallel orders of the same product and buyer', async () => {
  const placed = await orders(24);
  const [refunds, bought] = await Promise.all([Promise.all(placed.map(refund)), Promise.all(Array.from({ length: 60 }, order))]);
  expect(refunds.map(({ status }) => status)).toEqual(Array(24).fill(201));
  expect(bought.map(({ status }) => status)).toEqual(Array(60).fill(201));
  expect(await books()).toEqual(BALANCED);
});

test('parallel refunds and cancellations of an order never return more than was paid', async () => {
  const placed = await orders(12);
  const responses = await Promise.all(placed.flatMap((id) => [refund(id), cancel(id), refund(id), cancel(id), refund(id)]));
  expect(responses.filter(({ status }) => ![200, 201, 409].includes(status))).toEqual([]);
  expect(await books()).toEqual(BALANCED);
  const [left] = await shop.query<{ kept: string }>(
    `SELECT sum(o.total) - sum((SELECT coalesce(sum(amount), 0) FROM refunds WHERE order_id = o.id)) AS kept
     FROM orders o WHERE o.id = ANY ($1::uuid[])`,
    [placed],
  );
  expect(left).toEqual({ kept: '0.00' });
});
