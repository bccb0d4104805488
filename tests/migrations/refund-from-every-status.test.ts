import { Client } from 'pg';
import changeChecks from '../../migrations/20261128030100-refund-from-every-status';
import closeOrders from '../../migrations/20261128030110-close-refunded-orders';
import validateChecks from '../../migrations/20261128030120-validate-refund-checks';
import { makeProduct } from '../factories/products';
import { useShop } from '../support/use-shop';

const { shop, manager, buyer } = useShop({ manager: 'manager', buyer: 'customer' });

const MIGRATIONS = [changeChecks, closeOrders, validateChecks];

async function migrate(): Promise<void> {
  for (const { up } of MIGRATIONS) await up(shop.owner.getQueryInterface());
}
async function undo(): Promise<void> {
  for (const { down } of MIGRATIONS.toReversed()) await down(shop.owner.getQueryInterface());
}

const statuses = async () =>
  (await shop.query<{ status: string }>('SELECT status FROM orders ORDER BY placed_at, id')).map(({ status }) => status);

/** Places an order of 10.00, moves it on, and refunds the amount. */
async function refunded(verbs: readonly string[], amount: string): Promise<void> {
  const productId = await makeProduct(shop, manager);
  const body = { items: [{ productId, quantity: 1 }], paymentMethod: 'external' };
  const { id } = (await shop.call('post', '/v1/orders', { token: buyer.token, body })).body;
  for (const verb of verbs) await shop.call('post', `/v1/orders/${id}/${verb}`, { token: manager.token });
  const refund = await shop.call('post', `/v1/orders/${id}/refunds`, { token: manager.token, body: { amount } });
  expect(refund.status).toBe(201);
}

test('makes wholly refunded orders of the earlier schema refunded, and back what they were, with an audit record each', async () => {
  await refunded(['pay'], '10.00');
  await refunded(['pay', 'ship'], '10.00');
  await refunded(['pay', 'ship', 'complete'], '10.00');
  await refunded(['pay', 'ship'], '9.99');
  const after = ['refunded', 'refunded', 'refunded', 'shipped'];
  expect(await statuses()).toEqual(after);
  await undo();
  expect(await statuses()).toEqual(['paid', 'shipped', 'refunded', 'shipped']);
  await migrate();
  expect(await statuses()).toEqual(after);
  const records = await shop.query("SELECT FROM audit_logs WHERE table_name = 'orders' AND actor LIKE 'db:%'");
  expect(records).toHaveLength(4);
});

test('closes wholly refunded orders and checks the rest while another order is being written', async () => {
  await refunded(['pay'], '10.00');
  const items = [{ productId: await makeProduct(shop, manager), quantity: 1 }];
  const { id } = (await shop.call('post', '/v1/orders', { token: buyer.token, body: { items, paymentMethod: 'external' } })).body;
  await undo();
  await changeChecks.up(shop.owner.getQueryInterface());
  const writer = new Client({ connectionString: shop.env.MIGRATION_DATABASE_URL });
  await writer.connect();
  try {
    await writer.query('BEGIN');
    await writer.query("UPDATE orders SET note = 'in hand' WHERE id = $1::uuid", [id]);
    await writer.query('LOCK TABLE refunds IN ROW EXCLUSIVE MODE');
    for (const { up } of [closeOrders, validateChecks]) await up(shop.owner.getQueryInterface());
    await writer.query('COMMIT');
  } finally {
    await writer.end();
  }
  expect((await statuses()).slice(-2)).toEqual(['refunded', 'pending']);
  expect(await shop.query("SELECT conname FROM pg_constraint WHERE contype = 'c' AND NOT convalidated")).toEqual([]);
});

test('is not undone where goods came back without money, and says why', async () => {
  const productId = await makeProduct(shop, manager);
  const body = { items: [{ productId, quantity: 1 }], paymentMethod: 'external' };
  const { id } = (await shop.call('post', '/v1/orders', { token: buyer.token, body })).body;
  await shop.call('post', `/v1/orders/${id}/pay`, { token: manager.token });
  const back = { amount: '0.00', restock: [{ productId, quantity: 1 }] };
  expect((await shop.call('post', `/v1/orders/${id}/refunds`, { token: manager.token, body: back })).status).toBe(201);
  const before = await statuses();
  await expect(undo()).rejects.toThrow(/cannot be undone: refunds of 0\.00 record goods/);
  expect(await statuses()).toEqual(before);
});
