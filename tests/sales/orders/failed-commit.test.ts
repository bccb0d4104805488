import { signUp } from '../../factories/people';
import { makeProduct, stockOf } from '../../factories/products';
import { useShop } from '../../support/use-shop';

const { shop, manager } = useShop({ manager: 'manager' });

beforeAll(() => shop.query("CREATE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RAISE EXCEPTION ''at COMMIT''; END'"));

/** Fails every COMMIT after such a change of an order, for as long as the work takes. */
async function withFailingCommits<T>(change: 'INSERT' | 'UPDATE', work: () => Promise<T>): Promise<T> {
  await shop.query(
    `CREATE CONSTRAINT TRIGGER fails AFTER ${change} ON orders DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION fail()`,
  );
  try {
    return await work();
  } finally {
    await shop.query('DROP TRIGGER fails ON orders');
  }
}

/** A product of 10.00, and a buyer whose balance is 100.00. */
async function buyerAndProduct() {
  const productId = await makeProduct(shop, manager);
  const buyer = await signUp(shop);
  const body = { amount: '100.00', kind: 'credit' };
  await shop.call('post', `/v1/users/${buyer.id}/balance/entries`, { token: manager.token, body });
  const order = () =>
    shop.call('post', '/v1/orders', { token: buyer.token, body: { items: [{ productId, quantity: 1 }], paymentMethod: 'balance' } });
  return { productId, buyer, order };
}

/** The orders of a user with their refunds, both counts of the balance, and what the audit log has of the orders. */
const booksOf = async (userId: string) =>
  (
    await shop.query(
      `SELECT balance, (SELECT sum(amount) FROM balance_entries WHERE user_id = u.id) AS ledger,
         (SELECT json_agg(status) FROM orders WHERE user_id = u.id) AS orders,
         (SELECT count(*)::int FROM refunds r JOIN orders o ON o.id = r.order_id WHERE o.user_id = u.id) AS refunds,
         (SELECT count(*)::int FROM audit_logs WHERE table_name = 'orders' AND actor_id = u.id) AS records
       FROM users u WHERE id = $1::uuid`,
      [userId],
    )
  )[0];

test('reports an order whose COMMIT fails as failed, and leaves stock, balance, orders and audit log unchanged', async () => {
  const { productId, buyer, order } = await buyerAndProduct();
  const refused = await withFailingCommits('INSERT', order);
  expect(refused.body).toMatchObject({ status: 500, code: 'internal_error' });
  expect(await stockOf(shop, productId)).toEqual({ stock: 10, ledger: 10 });
  expect(await booksOf(buyer.id)).toEqual({ balance: '100.00', ledger: '100.00', orders: null, refunds: 0, records: 0 });
  expect((await order()).status).toBe(201);
  expect(await booksOf(buyer.id)).toEqual({ balance: '90.00', ledger: '90.00', orders: ['paid'], refunds: 0, records: 1 });
});

test('reports a cancellation whose COMMIT fails as failed, and leaves stock, balance, order and audit log unchanged', async () => {
  const { productId, buyer, order } = await buyerAndProduct();
  const { body } = await order();
  const cancel = () => shop.call('post', `/v1/orders/${body.id}/cancel`, { token: buyer.token });
  const refused = await withFailingCommits('UPDATE', cancel);
  expect(refused.body).toMatchObject({ status: 500, code: 'internal_error' });
  expect(await stockOf(shop, productId)).toEqual({ stock: 9, ledger: 9 });
  expect(await booksOf(buyer.id)).toEqual({ balance: '90.00', ledger: '90.00', orders: ['paid'], refunds: 0, records: 1 });
  expect((await cancel()).status).toBe(200);
  expect(await stockOf(shop, productId)).toEqual({ stock: 10, ledger: 10 });
  expect(await booksOf(buyer.id)).toEqual({ balance: '100.00', ledger: '100.00', orders: ['cancelled'], refunds: 1, records: 2 });
});
