import { Client } from 'pg';
import { Product } from '../../src/catalogue';
import { signUp } from '../factories/people';
import { makeProduct, stockOf } from '../factories/products';
import { useShop } from '../support/use-shop';

const { shop, admin } = useShop({ admin: 'admin' });

const logOf = async (recordId: string) => (await shop.call('get', `/v1/audit-logs?recordId=${recordId}`, { token: admin.token })).body.data;

test('records who changed which values, in which request and why', async () => {
  const id = await makeProduct(shop, admin, { name: 'Before' });
  const headers = { 'X-Request-Id': 'request-7', 'X-Reason': 'renamed by its maker' };
  await shop.call('patch', `/v1/products/${id}`, { token: admin.token, body: { name: 'After' }, headers });
  const [latest, first] = await logOf(id);
  expect(latest).toMatchObject({
    action: 'UPDATE',
    oldValues: { name: 'Before', version: 1 },
    newValues: { name: 'After', version: 2 },
    actorId: admin.id,
    requestId: 'request-7',
    reason: 'renamed by its maker',
  });
  expect(first).toMatchObject({ action: 'CREATE', oldValues: null });
});

test('records a change by psql under the database role, and adds it to the ledger', async () => {
  const id = await makeProduct(shop, admin, { stockQuantity: 5 });
  const psql = new Client({ connectionString: shop.env.MIGRATION_DATABASE_URL });
  await psql.connect();
  await psql.query('UPDATE products SET stock_quantity = 8 WHERE id = $1', [id]);
  await psql.end();
  expect((await logOf(id))[0]).toMatchObject({ action: 'UPDATE', actor: 'db:shop_test', actorId: null, newValues: { stock_quantity: 8 } });
  expect(await stockOf(shop, id)).toEqual({ stock: 8, ledger: 8 });
});

test.each(['audit_logs', 'stock_movements', 'balance_entries'])('refuses to update, delete or truncate rows of %s', async (table) => {
  await makeProduct(shop, admin);
  await shop.query('UPDATE users SET balance = balance + 1');
  await expect(shop.query(`DELETE FROM ${table}`)).rejects.toMatchObject({ original: { code: '42501' } });
  await expect(shop.query(`UPDATE ${table} SET id = id`)).rejects.toMatchObject({ original: { code: '42501' } });
  await expect(shop.query(`TRUNCATE ${table}`)).rejects.toMatchObject({ original: { code: '42501' } });
  const [triggers] = await shop.query('SELECT count(*)::int AS count FROM pg_trigger WHERE tgrelid = $1::regclass AND tgname = $2', [
    table,
    `${table}_append_only`,
  ]);
  expect(triggers).toEqual({ count: 1 });
});

test('records a password as changed, never with its value', async () => {
  const person = await signUp(shop);
  const password = { currentPassword: 'correct horse battery', newPassword: 'battery horse correct' };
  expect((await shop.call('put', '/v1/me/password', { token: person.token, body: password })).status).toBe(204);
  const entries = await logOf(person.id);
  expect(entries[0]).toMatchObject({ oldValues: { password_hash: '[secret]' }, newValues: { password_hash: '[secret]' } });
  expect(JSON.stringify(entries)).not.toContain('argon2');
});

test('refuses a write on an audited model outside a unit of work, whatever its path', async () => {
  const id = await makeProduct(shop, admin);
  const attempts = [
    () => Product.update({ name: 'x' }, { where: { id } }),
    () => Product.destroy({ where: { id } }),
    () => Product.increment('viewCount', { where: { id } }),
    () => Product.bulkCreate([{ name: 'x', slug: 'x', sku: 'x', price: '1' }]),
    () => Product.create({ name: 'x', slug: 'x', sku: 'x', price: '1' }),
  ];
  for (const attempt of attempts) await expect(attempt()).rejects.toThrow('Product is audited');
  await expect(shop.sequelize.transaction((transaction) => Product.update({ name: 'x' }, { where: { id }, transaction }))).rejects.toThrow(
    'is audited',
  );
  await expect(Product.destroy({ where: {} })).rejects.toThrow('needs a condition');
  expect(await logOf(id)).toHaveLength(1);
});

test('shows the audit log only to roles that may read it', async () => {
  expect((await shop.call('get', '/v1/audit-logs')).status).toBe(401);
  const manager = await signUp(shop, 'manager');
  expect((await shop.call('get', '/v1/audit-logs', { token: manager.token })).status).toBe(403);
  const auditor = await signUp(shop, 'auditor');
  expect((await shop.call('get', '/v1/audit-logs?tableName=users&action=CREATE&limit=1', { token: auditor.token })).status).toBe(200);
});
