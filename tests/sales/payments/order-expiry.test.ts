import { systemContext } from '../../../src/context/system-context';
import { unitOfWork } from '../../../src/database/transaction/unit-of-work';
import { send } from '../../../src/jobs';
import { expireOrders } from '../../../src/sales/orders/expiry/expire-orders.queue';
import { makeProduct, stockOf } from '../../factories/products';
import { runJobs } from '../../jobs/support/run-jobs';
import { useShop } from '../../support/use-shop';
import { FakeProvider, newReference } from './support/fake-provider';

const provider = new FakeProvider();
const { shop, manager, buyer } = useShop({ manager: 'manager', buyer: 'customer' }, { PAYMENT_WEBHOOK_SECRET: provider.secret });

const place = async (items: readonly { productId: string; quantity: number }[], values: object = {}) =>
  (await shop.call('post', '/v1/orders', { token: buyer.token, body: { items, paymentMethod: 'external', ...values } })).body;
const read = async (id: string) => (await shop.call('get', `/v1/orders/${id}`, { token: buyer.token })).body;
const letExpire = (ids: readonly string[]) =>
  shop.query(`UPDATE orders SET expires_at = now() - interval '1 minute' WHERE id = ANY ($1::uuid[])`, [ids]);
const sweep = async () => {
  await unitOfWork(systemContext(shop, 'test', 'A test'), (tx) => send(tx, expireOrders, {}));
  return runJobs(shop, [expireOrders]);
};

test('an order with external payment expires an hour after it was placed; one that is paid at once never does', async () => {
  const productId = await makeProduct(shop, manager);
  const order = await place([{ productId, quantity: 1 }]);
  expect(Date.parse(order.expiresAt) - Date.parse(order.placedAt)).toBe(3_600_000);
  await shop.call('post', `/v1/users/${buyer.id}/balance/entries`, { token: manager.token, body: { amount: '50.00', kind: 'credit' } });
  expect((await place([{ productId, quantity: 1 }], { paymentMethod: 'balance' })).expiresAt).toBeNull();
});

test('cancels what is due and nothing else, each as a change of its own, and gives stock and discount code back', async () => {
  const [tea, cup] = [await makeProduct(shop, manager), await makeProduct(shop, manager)];
  const code = { code: 'ONCE', kind: 'percent', value: '10.00', usageLimit: 1 };
  const { id: codeId } = (await shop.call('post', '/v1/discount-codes', { token: manager.token, body: code })).body;
  const both = [
    { productId: tea, quantity: 2 },
    { productId: cup, quantity: 1 },
  ];
  const due = [await place(both, { discountCode: 'once' }), await place(both.slice(0, 1)), await place(both.slice(1))];
  const [paid, young, held] = [await place(both), await place(both), await place(both)];
  await shop.call('post', `/v1/orders/${paid.id}/pay`, { token: manager.token });
  await shop.query(
    `INSERT INTO payments (id, order_id, provider, provider_reference, amount, currency, status, reason, received_at)
     VALUES (uuid_v7(), $1::uuid, 'standard-webhooks', 'short', 1.00, 'USD', 'held', 'amount_differs', now())`,
    [held.id],
  );
  await letExpire([...due, paid, held].map(({ id }) => id));
  await sweep();
  for (const { id } of due) expect(await read(id)).toMatchObject({ status: 'cancelled', cancelledAt: expect.any(String) });
  expect([(await read(paid.id)).status, (await read(young.id)).status, (await read(held.id)).status]).toEqual([
    'paid',
    'pending',
    'pending',
  ]);
  expect([await stockOf(shop, tea), await stockOf(shop, cup)]).toEqual([
    { stock: 4, ledger: 4 },
    { stock: 7, ledger: 7 },
  ]);
  expect((await shop.call('get', `/v1/discount-codes/${codeId}`, { token: manager.token })).body.usedCount).toBe(0);
  const ids = due.map(({ id }) => id);
  const changes = await shop.query(
    `SELECT count(*)::int AS changes, count(DISTINCT change_set_id)::int AS sets, min(actor) AS actor, min(reason) AS reason FROM audit_logs
     WHERE table_name = 'orders' AND new_values ->> 'status' = 'cancelled' AND record_id = ANY ($1::uuid[])`,
    [ids],
  );
  expect(changes).toEqual([{ changes: 3, sets: 3, actor: 'system:jobs:expire-orders', reason: 'The order was not paid in time.' }]);
  const movements = await shop.query(
    `SELECT order_id, sum(delta)::int AS back FROM stock_movements WHERE reason = 'cancel' AND order_id = ANY ($1::uuid[]) GROUP BY 1`,
    [ids],
  );
  expect(movements).toHaveLength(3);
  expect(movements).toEqual(expect.arrayContaining(ids.map((id, index) => ({ order_id: id, back: [3, 2, 1][index] }))));
});

test('goes on with more than a run takes, and looks ahead to the second at which an order is due', async () => {
  const productId = await makeProduct(shop, manager, { stockQuantity: 1_000 });
  const { id } = await place([{ productId, quantity: 1 }]);
  await shop.query(
    `INSERT INTO orders (id, order_number, user_id, status, payment_method, subtotal, total, placed_at, expires_at)
     SELECT uuid_v7(), 'SK-OLD-' || n, $1::uuid, 'pending', 'external', 0, 0, now(), now() - interval '1 hour' FROM generate_series(1, 130) n`,
    [buyer.id],
  );
  await shop.query(`UPDATE orders SET expires_at = now() + interval '30 seconds' WHERE id = $1::uuid`, [id]);
  await shop.query(`DELETE FROM pgboss.job WHERE name = 'expire-orders'`);
  expect(await sweep()).toEqual(['expire-orders', 'expire-orders']);
  const left = await shop.query(`SELECT count(*)::int AS count FROM orders WHERE order_number LIKE 'SK-OLD-%' AND status = 'pending'`);
  expect(left).toEqual([{ count: 0 }]);
  const sent = await shop.query<{ seconds: number }>(
    `SELECT extract(epoch FROM start_after - (SELECT expires_at FROM orders WHERE id = $1::uuid))::float8 AS seconds FROM pgboss.job
     WHERE name = 'expire-orders' AND state = 'created'`,
    [id],
  );
  expect(sent).toHaveLength(1);
  expect(sent[0]?.seconds).toBeGreaterThan(0);
  expect(sent[0]?.seconds).toBeLessThanOrEqual(1);
});

test('an order that expires while it is paid ends up paid, or cancelled with a refund due', async () => {
  const productId = await makeProduct(shop, manager, { stockQuantity: 16 });
  const orders = await Promise.all(Array.from({ length: 16 }, () => place([{ productId, quantity: 1 }])));
  await letExpire(orders.map(({ id }) => id));
  const messages = orders.map(({ id }) => {
    const data = { reference: newReference(), orderId: id, amount: '10.00', currency: 'USD' };
    return provider.message({ type: 'payment.succeeded', data });
  });
  await Promise.all([
    sweep(),
    provider.deliver(messages, { times: 1, inFlight: 4 }, (headers, body) => shop.call('post', '/v1/payments/webhook', { headers, body })),
  ]);
  const ends = await shop.query<{ status: string; payment: string }>(
    `SELECT o.status, p.status AS payment FROM orders o LEFT JOIN payments p ON p.order_id = o.id WHERE o.id = ANY ($1::uuid[])`,
    [orders.map(({ id }) => id)],
  );
  const endings = ends.map(({ status, payment }) => `${status}, ${payment}`);
  expect(endings.filter((end) => end !== 'paid, received' && end !== 'cancelled, refund_due')).toEqual([]);
  const back = endings.filter((end) => end.startsWith('cancelled')).length;
  expect([endings.length, await stockOf(shop, productId)]).toEqual([16, { stock: back, ledger: back }]);
});
