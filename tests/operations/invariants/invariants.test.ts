import { makeProduct } from '../../factories/products';
import { guestCart } from '../../sales/carts/support/carts';
import { useShop } from '../../support/use-shop';

const { shop, admin, auditor, manager, buyer } = useShop({ admin: 'admin', auditor: 'auditor', manager: 'manager', buyer: 'customer' });

interface Shown {
  readonly name: string;
  readonly broken: number;
  readonly isRepairable: boolean;
  readonly rows: readonly { readonly id: string; readonly expected: string; readonly actual: string }[];
}

const check = async () => (await shop.call('get', '/v1/operations/invariants', { token: auditor.token })).body.invariants as Shown[];
const broken = async () => Object.fromEntries((await check()).filter((each) => each.broken > 0).map(({ name, rows }) => [name, rows]));
const repair = (name: string, { token } = admin) =>
  shop.call('post', `/v1/operations/invariants/${name}/repair`, { token, body: { reason: 'Broken by a test' } });

/* As the owner of the tables, past the triggers. */
async function breaking(table: string, statement: string, id: string): Promise<void> {
  await shop.query(`ALTER TABLE ${table} DISABLE TRIGGER USER`);
  await shop.query(statement, [id]);
  await shop.query(`ALTER TABLE ${table} ENABLE TRIGGER USER`);
}

let product: string;
let order: { id: string; items: { id: string }[] };
let code: string;

beforeAll(async () => {
  product = await makeProduct(shop, manager);
  const made = await shop.call('post', '/v1/discount-codes', { token: manager.token, body: { code: 'TEN', kind: 'percent', value: '10' } });
  code = made.body.id;
  await (await guestCart(shop, [{ productId: product, quantity: 1 }])).call('post', '/hold');
  const body = { items: [{ productId: product, quantity: 2 }], paymentMethod: 'external', discountCode: 'TEN' };
  order = (await shop.call('post', '/v1/orders', { token: buyer.token, body })).body;
});

test('finds nothing broken in a shop that sold, held and refunded', async () => {
  await shop.call('post', `/v1/orders/${order.id}/pay`, { token: manager.token });
  await shop.call('post', `/v1/orders/${order.id}/refunds`, { token: manager.token, body: { amount: '1.00' } });
  expect(await broken()).toEqual({});
  expect((await check()).length).toBeGreaterThanOrEqual(10);
});

test('names each row that breaks one, and mends counters with a reason that the ledger and the log keep', async () => {
  await breaking('products', 'UPDATE products SET stock_quantity = 100, rating = 4.5, review_count = 2 WHERE id = $1::uuid', product);
  await breaking('users', 'UPDATE users SET balance = 7.00 WHERE id = $1::uuid', buyer.id);
  await breaking('discount_codes', 'UPDATE discount_codes SET used_count = 9 WHERE id = $1::uuid', code);
  const found = {
    'stock-is-its-ledger': [{ id: product, expected: '7', actual: '100' }],
    'balance-is-its-ledger': [{ id: buyer.id, expected: '0', actual: '7.00' }],
    'code-uses-are-orders': [{ id: code, expected: '1', actual: '9' }],
    'rating-is-its-reviews': [{ id: product, expected: '0.00 0', actual: '4.50 2' }],
  };
  expect(await broken()).toEqual(found);
  for (const name of Object.keys(found)) {
    expect((await repair(name)).body).toEqual({ invariant: name, rowsMended: 1 });
    expect((await repair(name)).body).toEqual({ invariant: name, rowsMended: 0 });
  }
  expect(await broken()).toEqual({});
  const [entry] = await shop.query(
    'SELECT delta, reason, note, actor_id FROM stock_movements WHERE product_id = $1::uuid ORDER BY created_at DESC, id DESC LIMIT 1',
    [product],
  );
  expect(entry).toEqual({ delta: 93, reason: 'adjustment', note: 'repair: Broken by a test', actor_id: admin.id });
  const log = await shop.query<{ count: string }>("SELECT count(*) FROM audit_logs WHERE table_name = 'repairs' AND actor_id = $1::uuid", [
    admin.id,
  ]);
  expect(Number(log[0]?.count)).toBe(8);
});

test('says what a person does about what nothing counts again, and mends nothing of it', async () => {
  await breaking('order_items', 'UPDATE order_items SET tax = 1.00, tax_rate = 5 WHERE id = $1::uuid', String(order.items[0]?.id));
  expect(await broken()).toMatchObject({ 'order-is-its-lines': [{ id: order.id }] });
  expect((await repair('order-is-its-lines')).body).toMatchObject({ status: 409, code: 'not_repairable' });
  expect((await repair('no-such-thing')).status).toBe(404);
  expect((await repair('stock-is-its-ledger', auditor)).status).toBe(403);
  await breaking('order_items', 'UPDATE order_items SET tax = 0.00, tax_rate = NULL WHERE id = $1::uuid', String(order.items[0]?.id));
});
