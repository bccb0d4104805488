import { Client } from 'pg';
import { makeProduct } from '../../factories/products';
import { behindLock } from '../../support/behind-lock';
import { useShop } from '../../support/use-shop';

const REFUSED = { code: '23514', constraint: 'orders_sums_check' };

let psql: Client;

/* Before the shop's hook, which drops the database. */
afterAll(() => psql.end());
const { shop, manager, buyer } = useShop({ manager: 'manager', buyer: 'customer' });

beforeAll(async () => {
  psql = new Client({ connectionString: shop.env.MIGRATION_DATABASE_URL });
  await psql.connect();
});

interface Placed {
  readonly id: string;
  /** The ids of its two lines, of 10.00 each. */
  readonly lines: readonly [string, string];
}

async function place(): Promise<Placed> {
  const items = [await makeProduct(shop, manager), await makeProduct(shop, manager)].map((productId) => ({ productId, quantity: 1 }));
  const { body } = await shop.call('post', '/v1/orders', { token: buyer.token, body: { items, paymentMethod: 'external' } });
  return { id: body.id, lines: body.items.map(({ id }: { id: string }) => id) };
}

const addLine = async (orderId: string) => `
  INSERT INTO order_items (id, order_id, product_id, product_name, sku, quantity, unit_price, subtotal)
  VALUES (uuid_v7(), '${orderId}', '${await makeProduct(shop, manager)}', 'Late', 'LATE', 1, 10, 10)`;
const setSubtotal = (orderId: string, subtotal: string) =>
  `UPDATE orders SET subtotal = ${subtotal}, total = ${subtotal} WHERE id = '${orderId}'`;
const twice = (lineId: string) => `UPDATE order_items SET quantity = 2, subtotal = 20 WHERE id = '${lineId}'`;

/** Statements of one message are one transaction. */
const together = (...statements: string[]) => psql.query(statements.join(';'));

const sumsOf = async (id: string) =>
  (
    await shop.query<{ kept: string; summed: string }>(
      'SELECT subtotal AS kept, (SELECT sum(subtotal) FROM order_items WHERE order_id = o.id) AS summed FROM orders o WHERE id = $1::uuid',
      [id],
    )
  )[0];
const SUMS_OF_TWO = { kept: '20.00', summed: '20.00' };

test('refuses an order whose subtotal is not the sum of its lines', async () => {
  const { id } = await place();
  const copy = '01890a5d-ac96-774b-bcce-b302099a8057';
  const wrong = `
    INSERT INTO orders (id, order_number, user_id, status, payment_method, subtotal, total, currency, placed_at)
    SELECT '${copy}', 'COPY-1', user_id, status, payment_method, 10.01, 10.01, currency, placed_at FROM orders WHERE id = '${id}'`;
  await expect(together(wrong, await addLine(copy))).rejects.toMatchObject(REFUSED);
  await expect(together(wrong)).rejects.toMatchObject(REFUSED);
  await together(wrong, await addLine(copy), setSubtotal(copy, '10'));
  expect(await sumsOf(copy)).toEqual({ kept: '10.00', summed: '10.00' });
});

test('refuses to add, change or delete a line, unless the order changes with it', async () => {
  const { id, lines } = await place();
  const changes = [
    [await addLine(id), '30'],
    [twice(lines[0]), '30'],
    [`DELETE FROM order_items WHERE id = '${lines[0]}'`, '10'],
  ] as const;
  for (const [change] of changes) {
    await expect(together(change)).rejects.toMatchObject(REFUSED);
    // With its order locked by an update of something else, too.
    await expect(together(`UPDATE orders SET note = 'Mine' WHERE id = '${id}'`, change)).rejects.toMatchObject(REFUSED);
  }
  await expect(together(setSubtotal(id, '30'))).rejects.toMatchObject(REFUSED);
  expect(await sumsOf(id)).toEqual(SUMS_OF_TWO);
  for (const [change, subtotal] of changes) {
    const { id: other, lines: others } = await place();
    await together(change.replace(id, other).replace(lines[0], others[0]), setSubtotal(other, subtotal));
    expect((await sumsOf(other))?.kept).toBe(`${subtotal}.00`);
  }
});

test('refuses to move a line to another order', async () => {
  const [from, to] = [await place(), await place()];
  const move = `UPDATE order_items SET order_id = '${to.id}' WHERE id = '${from.lines[0]}'`;
  await expect(together(move, setSubtotal(to.id, '30'))).rejects.toMatchObject({ code: '23514', constraint: 'order_items_order_id_check' });
  expect(await sumsOf(from.id)).toEqual(SUMS_OF_TWO);
});

describe('two transactions that change lines of one order', () => {
  const waiting = async () =>
    expect(
      await shop.query('SELECT FROM pg_stat_activity WHERE datname = current_database() AND cardinality(pg_blocking_pids(pid)) > 0'),
    ).toHaveLength(1);
  const rename = (line: string) => `UPDATE order_items SET product_name = 'Renamed' WHERE id = '${line}'`;

  test('the second waits, though they change different lines', async () => {
    const { id, lines } = await place();
    const sql = `SET CONSTRAINTS ALL IMMEDIATE; ${rename(lines[0])}`;
    await behindLock(shop, { sql, values: [], meanwhile: waiting }, () => together(rename(lines[1])));
    expect(await sumsOf(id)).toEqual(SUMS_OF_TWO);
  });

  test('the second is checked against what the first left', async () => {
    const { id, lines } = await place();
    const sql = `${await addLine(id)}; ${setSubtotal(id, '30')}`;
    const first = { sql, values: [], meanwhile: waiting };
    await expect(behindLock(shop, first, () => together(twice(lines[0]), setSubtotal(id, '30')))).rejects.toMatchObject(REFUSED);
    expect(await sumsOf(id)).toEqual({ kept: '30.00', summed: '30.00' });
  });
});
