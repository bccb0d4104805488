import migration from '../../migrations/20261128030100-refund-from-every-status';
import { makeProduct } from '../factories/products';
import { useShop } from '../support/use-shop';

const { shop, manager, buyer } = useShop({ manager: 'manager', buyer: 'customer' });

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
  await migration.down(shop.sequelize.getQueryInterface());
  expect(await statuses()).toEqual(['paid', 'shipped', 'refunded', 'shipped']);
  await migration.up(shop.sequelize.getQueryInterface());
  expect(await statuses()).toEqual(after);
  const records = await shop.query("SELECT FROM audit_logs WHERE table_name = 'orders' AND actor LIKE 'db:%'");
  expect(records).toHaveLength(4);
});

test('is not undone where goods came back without money, and says why', async () => {
  const productId = await makeProduct(shop, manager);
  const body = { items: [{ productId, quantity: 1 }], paymentMethod: 'external' };
  const { id } = (await shop.call('post', '/v1/orders', { token: buyer.token, body })).body;
  await shop.call('post', `/v1/orders/${id}/pay`, { token: manager.token });
  const back = { amount: '0.00', restock: [{ productId, quantity: 1 }] };
  expect((await shop.call('post', `/v1/orders/${id}/refunds`, { token: manager.token, body: back })).status).toBe(201);
  const before = await statuses();
  await expect(migration.down(shop.sequelize.getQueryInterface())).rejects.toThrow(/cannot be undone: refunds of 0\.00 record goods/);
  expect(await statuses()).toEqual(before);
});
