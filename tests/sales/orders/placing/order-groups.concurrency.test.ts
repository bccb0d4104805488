import { v7 } from 'uuid';
import type { Ctx } from '../../../../src/context/context';
import { createLogger } from '../../../../src/logging/logger';
import type { OrderRequest } from '../../../../src/sales/orders/placing/new-order';
import { placeOrder } from '../../../../src/sales/orders/placing/place-order';
import { type Person, signUp } from '../../../factories/people';
import { makeProduct, stockOf } from '../../../factories/products';
import { behindLock } from '../../../support/behind-lock';
import { recordStatements } from '../../../support/query-recorder';
import { useShop } from '../../../support/use-shop';

const { shop, manager, ...customers } = useShop({ manager: 'manager', first: 'customer', second: 'customer', third: 'customer' });
const buyers: readonly Person[] = Object.values(customers);

const ORDERS = 48;

const upTo = (count: number) => Array.from({ length: count }, (_, at) => at);
const buyerOf = (n: number) => buyers[n % buyers.length] as Person;

/** The context of one of many orders of the same turn. Every third gives no reason, so that a reason left behind by another would show. */
const contextOf = (n: number, buyer: Person): Ctx => ({
  actor: { kind: 'user', id: buyer.id, sessionId: v7(), permissions: new Set() },
  dryRun: false,
  requestId: `request ${n}`,
  ip: '127.0.0.1',
  userAgent: `client ${n}`,
  reason: n % 3 === 0 ? '' : `reason ${n}`,
  log: createLogger(shop.env),
  env: shop.env,
  sequelize: shop.sequelize,
});
const order = (n: number, productId: string, more: Partial<OrderRequest> = {}, buyer = buyerOf(n)) =>
  placeOrder(contextOf(n, buyer), { items: [{ productId, quantity: 1 }], paymentMethod: 'external', ...more } as OrderRequest);

const LOGGED = `SELECT DISTINCT l.actor, l.request_id, l.user_agent, l.reason FROM audit_logs l
  WHERE l.record_id = $1::uuid OR l.record_id IN (SELECT id FROM order_items WHERE order_id = $1::uuid)
    OR (l.table_name = 'products' AND l.request_id = $2)`;

test('records each order of a shared transaction with its own actor, request, client and reason', async () => {
  const products = await Promise.all(upTo(4).map(() => makeProduct(shop, manager, { stockQuantity: ORDERS })));
  const placed = await Promise.all(upTo(ORDERS).map((n) => order(n, products[n % 4] as string)));
  for (const [n, { headers }] of placed.entries()) {
    const id = headers?.Location?.split('/').at(-1);
    const reason = n % 3 === 0 ? null : `reason ${n}`;
    expect(await shop.query(LOGGED, [id, `request ${n}`])).toEqual([
      { actor: `user:${buyerOf(n).id}`, request_id: `request ${n}`, user_agent: `client ${n}`, reason },
    ]);
    const author = { created_by: buyerOf(n).id, updated_by: buyerOf(n).id };
    expect(await shop.query('SELECT created_by, updated_by FROM orders WHERE id = $1::uuid', [id])).toEqual([author]);
    const movements = await shop.query('SELECT reason, product_id, actor_id FROM stock_movements WHERE order_id = $1::uuid', [id]);
    expect(movements).toEqual([{ reason: 'order', product_id: products[n % 4], actor_id: buyerOf(n).id }]);
  }
  const [{ transactions } = { transactions: 0 }] = await shop.query<{ transactions: number }>(
    'SELECT count(DISTINCT xmin::text)::int AS transactions FROM orders',
  );
  expect(transactions).toBeLessThan(ORDERS / 4);
  for (const id of products) expect(await stockOf(shop, id)).toEqual({ stock: ORDERS - ORDERS / 4, ledger: ORDERS - ORDERS / 4 });
});

test('fails only the order that PostgreSQL refuses, and places the others of its group', async () => {
  await shop.query(`CREATE FUNCTION refuse_poison() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RAISE ''poison''; END'`);
  await shop.query(`CREATE CONSTRAINT TRIGGER refuse_poison AFTER INSERT ON orders DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW WHEN (NEW.note = 'poison') EXECUTE FUNCTION refuse_poison()`);
  const productId = await makeProduct(shop, manager, { stockQuantity: 100 });
  const results = await Promise.allSettled(upTo(ORDERS).map((n) => order(n, productId, n === 20 ? { note: 'poison' } : {})));
  expect(results.map(({ status }) => status)).toEqual(upTo(ORDERS).map((n) => (n === 20 ? 'rejected' : 'fulfilled')));
  expect(results[20]).toMatchObject({ reason: { code: 'P0001' } });
  expect(await stockOf(shop, productId)).toEqual({ stock: 100 - (ORDERS - 1), ledger: 100 - (ORDERS - 1) });
});

test('lets buyers in one group spend no more than their own balances', async () => {
  const productId = await makeProduct(shop, manager, { stockQuantity: 100, price: '10.00' });
  for (const [at, { id }] of buyers.entries()) {
    const body = { amount: `${(at + 1) * 20}.00`, kind: 'credit' };
    await shop.call('post', `/v1/users/${id}/balance/entries`, { token: manager.token, body });
  }
  const results = await Promise.allSettled(upTo(ORDERS).map((n) => order(n, productId, { paymentMethod: 'balance' })));
  const placedBy = (at: number) => results.filter(({ status }, n) => n % 3 === at && status === 'fulfilled').length;
  expect(upTo(3).map(placedBy)).toEqual([2, 4, 6]);
  const refused = results.flatMap((result) => (result.status === 'rejected' ? [result.reason.type.code] : []));
  expect(refused).toEqual(Array(ORDERS - 12).fill('insufficient_balance'));
  const books = await shop.query(
    'SELECT balance, (SELECT sum(amount) FROM balance_entries WHERE user_id = u.id) AS ledger FROM users u WHERE id = ANY ($1::uuid[])',
    [buyers.map(({ id }) => id)],
  );
  expect(books).toEqual(buyers.map(() => ({ balance: '0.00', ledger: '0.00' })));
});

const LOCKED = [
  { what: 'product', sql: 'SELECT FROM products WHERE id = $1::uuid FOR UPDATE', of: (product: string, _: Person) => product },
  {
    what: 'buyer who pays from the balance',
    sql: 'SELECT FROM users WHERE id = $1::uuid FOR NO KEY UPDATE',
    of: (_: string, buyer: Person) => buyer.id,
  },
];

test.each(LOCKED)('delays only the order whose $what is locked, and none of its group', async ({ sql, of }) => {
  const products = await Promise.all(upTo(20).map(() => makeProduct(shop, manager, { stockQuantity: 1, price: '1.00' })));
  const payer = await signUp(shop);
  const credit = { token: manager.token, body: { amount: '1.00', kind: 'credit' } };
  await shop.call('post', `/v1/users/${payer.id}/balance/entries`, credit);
  let isOver = false;
  const others: Promise<unknown>[] = [];
  const meanwhile = async () => {
    await Promise.all(others);
    expect(isOver).toBe(false);
  };
  const statements = await recordStatements(() =>
    behindLock(shop, { sql, values: [of(products[5] as string, payer)], meanwhile }, async () => {
      const place = (n: number) =>
        n === 5 ? order(n, products[n] as string, { paymentMethod: 'balance' }, payer) : order(n, products[n] as string);
      const orders = upTo(20).map(place);
      others.push(...orders.filter((_, n) => n !== 5));
      await orders[5];
      isOver = true;
      await Promise.all(orders);
    }),
  );
  // The first two orders alone, two groups, and the order that waits. A group that waits is undone, and its orders run alone.
  expect(statements.filter((text) => text.includes('WITH announced'))).toHaveLength(5);
  for (const id of products) expect(await stockOf(shop, id)).toEqual({ stock: 0, ledger: 0 });
});
