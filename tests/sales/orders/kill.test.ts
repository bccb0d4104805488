import { type ChildProcess, spawn } from 'node:child_process';
import { PROJECT_FOLDER } from '../../../config/project';
import { makeProduct } from '../../factories/products';
import { SERVER } from '../../support/run-node';
import { useShop } from '../../support/use-shop';

const { shop, manager, buyer } = useShop({ manager: 'manager', buyer: 'customer' });

jest.setTimeout(60_000);

test('keeps every acknowledged order after a kill -9 under load, with matching stock, balance and totals', async () => {
  const productId = await makeProduct(shop, manager, { stockQuantity: 100_000, price: '0.10' });
  await shop.call('post', `/v1/users/${buyer.id}/balance/entries`, { token: manager.token, body: { amount: '10000.00', kind: 'credit' } });
  const { child, url } = await startProcess();
  const acknowledged: string[] = [];
  let isAlive = true;
  const clients = Array.from({ length: 8 }, async () => {
    while (isAlive) {
      try {
        const response = await fetch(`${url}/v1/orders`, {
          method: 'POST',
          headers: { authorization: `Bearer ${buyer.token}`, 'content-type': 'application/json' },
          body: JSON.stringify({ items: [{ productId, quantity: 1 }], paymentMethod: 'balance' }),
        });
        const order = (await response.json()) as { id: string };
        if (response.status === 201) acknowledged.push(order.id);
        if (acknowledged.length === 100) child.kill('SIGKILL');
      } catch {
        // The process is dead, so its connections break.
        isAlive = false;
      }
    }
  });
  await Promise.all(clients);
  expect(acknowledged.length).toBeGreaterThanOrEqual(100);
  // One statement, one snapshot: PostgreSQL may still finish what the process sent before it died.
  const [books] = await shop.query<Record<string, number>>(
    `SELECT (SELECT count(*)::int FROM orders WHERE id = ANY($1::uuid[])) AS kept,
      (SELECT count(*)::int FROM orders) AS orders,
      (SELECT sum(quantity)::int FROM order_items) AS sold,
      (SELECT count(*)::int FROM stock_movements WHERE reason = 'order') AS movements,
      (SELECT count(*)::int FROM balance_entries WHERE kind = 'order') AS entries,
      (SELECT (10000 - balance) * 10 FROM users WHERE id = $2::uuid)::int AS paid,
      (SELECT sum(amount) * 10 FROM balance_entries WHERE user_id = $2::uuid AND kind = 'order')::int AS booked,
      (SELECT 100000 - stock_quantity FROM products WHERE id = $3::uuid)::int AS taken,
      (SELECT 100000 - sum(delta) FROM stock_movements WHERE product_id = $3::uuid)::int AS moved`,
    [acknowledged, buyer.id, productId],
  );
  const orders = Number(books?.orders);
  expect(books).toEqual({
    kept: acknowledged.length,
    orders,
    sold: orders,
    movements: orders,
    entries: orders,
    paid: orders,
    booked: -orders,
    taken: orders,
    moved: orders,
  });
});

/** Starts the shop as a process of its own, on the same database. */
function startProcess(): Promise<{ child: ChildProcess; url: string }> {
  const { DATABASE_URL, MIGRATION_DATABASE_URL, JWT_SECRET } = shop.env;
  const child = spawn(process.execPath, SERVER, {
    cwd: PROJECT_FOLDER,
    env: {
      PATH: process.env.PATH,
      DATABASE_URL,
      MIGRATION_DATABASE_URL,
      JWT_SECRET,
      PORT: '0',
      DEMO_DATA: 'false',
      RATE_LIMIT: 'off',
      LOG_LEVEL: 'error',
      ADMIN_PASSWORD: 'a-password-for-tests',
    },
  });
  return new Promise((resolve, reject) => {
    let output = '';
    const take = (part: Buffer) => {
      output += part.toString();
      const url = /API +(\S+)\/v1/.exec(output)?.[1];
      if (url && output.includes('Try it')) resolve({ child, url });
    };
    child.stdout.on('data', take);
    child.stderr.on('data', take);
    child.once('close', () => reject(new Error(output)));
  });
}
