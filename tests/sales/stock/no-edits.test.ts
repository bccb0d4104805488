import { Client } from 'pg';
import { signUp } from '../../factories/people';
import { makeProduct, stockOf } from '../../factories/products';
import { useShop } from '../../support/use-shop';

interface Stamps {
  readonly version: number;
  readonly at: string;
  readonly by: string | null;
}

const { shop, manager, editor, buyer } = useShop({ manager: 'manager', editor: 'manager', buyer: 'customer' });

beforeAll(async () => {
  const body = { amount: '1000.00', kind: 'credit' };
  await shop.call('post', `/v1/users/${buyer.id}/balance/entries`, { token: manager.token, body });
});

const stampsOf = async (table: 'products' | 'users', id: string): Promise<Stamps> => {
  const sql = `SELECT version, updated_at::text AS at, updated_by AS by FROM ${table} WHERE id = $1::uuid`;
  return (await shop.query<Stamps>(sql, [id]))[0] as Stamps;
};

/* Last edited long ago, so that an edit within the millisecond shows. */
async function oldProduct(): Promise<string> {
  const id = await makeProduct(shop, manager);
  await backdate('products', id);
  return id;
}

async function backdate(table: 'products' | 'users', id: string): Promise<void> {
  await shop.owner.transaction(async (transaction) => {
    const run = (sql: string) => shop.owner.query(sql, { transaction });
    await run(`ALTER TABLE ${table} DISABLE TRIGGER ${table}_stamp`);
    await run(`UPDATE ${table} SET updated_at = '2020-01-01T00:00:00Z' WHERE id = '${id}'`);
    await run(`ALTER TABLE ${table} ENABLE TRIGGER ${table}_stamp`);
  });
}

const sell = (productId: string, paymentMethod: 'external' | 'balance') =>
  shop.call('post', '/v1/orders', { token: buyer.token, body: { items: [{ productId, quantity: 2 }], paymentMethod } });

const unedited = ({ version, ...stamps }: Stamps, changes: number): Stamps => ({ ...stamps, version: version + changes });

test.each(['external', 'balance'] as const)(
  'an order paid by %s raises the version of its product, but not its time and author of editing',
  async (payment) => {
    const id = await oldProduct();
    const before = await stampsOf('products', id);
    expect((await sell(id, payment)).status).toBe(201);
    expect(await stampsOf('products', id)).toEqual(unedited(before, 1));
    const { headers, body } = await shop.call('get', `/v1/products/${id}`);
    expect(headers.etag).toMatch(new RegExp(`[.]${before.version + 1}[.]0"$`));
    expect(body).toMatchObject({ stockQuantity: 8, updatedAt: '2020-01-01T00:00:00.000Z' });
  },
);

test('an order paid from the balance raises the version of its buyer but is no edit; one paid externally changes nothing of them', async () => {
  const id = await makeProduct(shop, manager);
  await backdate('users', buyer.id);
  const before = await stampsOf('users', buyer.id);
  await sell(id, 'external');
  expect(await stampsOf('users', buyer.id)).toEqual(before);
  const { body: order } = await sell(id, 'balance');
  expect(await stampsOf('users', buyer.id)).toEqual(unedited(before, 1));
  await shop.call('post', `/v1/orders/${order.id}/cancel`, { token: buyer.token });
  expect(await stampsOf('users', buyer.id)).toEqual(unedited(before, 2));
});

test('a stock adjustment raises the version of its product but is no edit', async () => {
  const productId = await oldProduct();
  const before = await stampsOf('products', productId);
  const body = { productId, delta: -3, reason: 'adjustment' };
  expect((await shop.call('post', '/v1/stock-movements', { token: editor.token, body })).body).toMatchObject({ delta: -3 });
  expect(await stampsOf('products', productId)).toEqual(unedited(before, 1));
});

test('records a sale in the audit log with the customer and both stock quantities', async () => {
  const id = await makeProduct(shop, manager);
  await sell(id, 'external');
  const admin = await signUp(shop, 'admin');
  const { body } = await shop.call('get', `/v1/audit-logs?recordId=${id}&limit=1`, { token: admin.token });
  expect(body.data).toEqual([
    expect.objectContaining({
      action: 'UPDATE',
      tableName: 'products',
      actorId: buyer.id,
      oldValues: { stock_quantity: 10, version: 1 },
      newValues: { stock_quantity: 8, version: 2 },
    }),
  ]);
});

test('a PATCH of the name is an edit, and raises the version by one', async () => {
  const id = await oldProduct();
  const before = await stampsOf('products', id);
  const body = { name: 'Renamed' };
  expect((await shop.call('patch', `/v1/products/${id}`, { token: editor.token, body })).body).toMatchObject(body);
  const after = await stampsOf('products', id);
  expect(after).toMatchObject({ version: before.version + 1, by: editor.id });
  expect(Date.parse(after.at)).toBeGreaterThan(Date.parse(before.at));
  const { stock, ledger } = await stockOf(shop, id);
  expect(stock).toBe(ledger);
});

test('a change of stock alone in psql is no edit; one together with a name is', async () => {
  const id = await oldProduct();
  const before = await stampsOf('products', id);
  await shop.query('UPDATE products SET stock_quantity = 4 WHERE id = $1::uuid', [id]);
  expect(await stampsOf('products', id)).toEqual(unedited(before, 1));
  await shop.query("UPDATE products SET stock_quantity = 3, name = 'By hand' WHERE id = $1::uuid", [id]);
  const after = await stampsOf('products', id);
  expect(after.version).toBe(before.version + 2);
  expect(Date.parse(after.at)).toBeGreaterThan(Date.parse(before.at));
});

test.each([
  ['products', 'stock_quantity = stock_quantity - 1'],
  ['users', 'balance = balance - 1'],
] as const)('a sale updates no index of %s', async (table, sale) => {
  const psql = new Client({ connectionString: shop.env.MIGRATION_DATABASE_URL });
  await psql.connect();
  try {
    // VACUUM makes room on the page, so that only an index on a written column prevents the update in place.
    await psql.query(`VACUUM ${table}`);
    const id = table === 'products' ? await makeProduct(shop, manager) : buyer.id;
    await psql.query('BEGIN');
    expect((await psql.query(`UPDATE ${table} SET ${sale} WHERE id = $1`, [id])).rowCount).toBe(1);
    const { rows } = await psql.query(
      `SELECT pg_stat_get_xact_tuples_updated($1::regclass)::int AS updated, pg_stat_get_xact_tuples_hot_updated($1::regclass)::int AS in_place`,
      [table],
    );
    expect(rows).toEqual([{ updated: 1, in_place: 1 }]);
  } finally {
    await psql.end();
  }
});
