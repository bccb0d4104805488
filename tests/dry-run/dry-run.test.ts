import { makeProduct, stockOf } from '../factories/products';
import { useShop } from '../support/use-shop';
import { snapshotOf } from './support/snapshot';

const { shop, manager, admin, buyer } = useShop({ manager: 'manager', admin: 'admin', buyer: 'customer' });
const DRY = { Prefer: 'return=minimal, dry-run' };

test('previews the stock and the balance that an order would move, and moves neither', async () => {
  await shop.call('post', `/v1/users/${buyer.id}/balance/entries`, { token: manager.token, body: { amount: '50.00', kind: 'credit' } });
  const product = await makeProduct(shop, manager, { price: '12.50' });
  const body = { items: [{ productId: product, quantity: 3 }], paymentMethod: 'balance' };
  const { status, body: tried } = await shop.call('post', '/v1/orders?dryRun=true', { token: buyer.token, body });
  expect([status, tried.total, tried.status]).toEqual([201, '37.50', 'paid']);
  expect(tried.preview.stock).toEqual([{ productId: product, before: 10, after: 7, delta: -3 }]);
  expect(tried.preview.balance).toEqual([{ userId: buyer.id, before: '50.00', after: '12.50', delta: '-37.50', currency: 'USD' }]);
  expect(tried.preview.events.map(({ type }: { type: string }) => type)).toEqual(
    expect.arrayContaining(['orders.created', 'orders.placed', 'orders.paid', 'products.updated']),
  );
  expect(await stockOf(shop, product)).toEqual({ stock: 10, ledger: 10 });
  expect((await shop.call('get', `/v1/orders/${tried.id}`, { token: buyer.token })).status).toBe(404);
});

test('counts a stock that a new product would bring, and one that a purge would take', async () => {
  const values = { name: 'Tea', sku: 'DRY-1', price: '1.00', stockQuantity: 4 };
  const { body: tried } = await shop.call('post', '/v1/products', { token: admin.token, body: values, headers: DRY });
  expect(tried.preview.stock).toEqual([{ productId: tried.id, before: 0, after: 4, delta: 4 }]);
  const { body: real } = await shop.call('post', '/v1/products', { token: admin.token, body: values });
  const { body: purge } = await shop.call('delete', `/v1/products/${real.id}?force=true&dryRun=true`, { token: admin.token });
  expect(purge.preview.stock).toEqual([{ productId: real.id, before: 4, after: 0, delta: -4 }]);
});

test('shows the old and the new value of a change, and of a secret only that it changed', async () => {
  const { body: product } = await shop.call('get', `/v1/products/${await makeProduct(shop, manager)}`);
  const patch = { token: manager.token, body: { price: '11.10' }, headers: DRY };
  const { body } = await shop.call('patch', `/v1/products/${product.id}`, patch);
  expect(body.preview.changes).toMatchObject([
    { tableName: 'products', recordId: product.id, action: 'UPDATE', oldValues: { price: 10 }, newValues: { price: 11.1 } },
    { tableName: 'price_entries', action: 'CREATE', newValues: { amount: 10, product_id: product.id } },
    { tableName: 'price_entries', action: 'CREATE', newValues: { amount: 11.1, product_id: product.id, valid_to: null } },
  ]);
  const person = { email: 'secret@example.com', username: 'secret', password: 'correct horse battery', firstName: 'A', lastName: 'B' };
  const { text, body: user } = await shop.call('post', '/v1/auth/register', { body: person, headers: DRY });
  expect(user.preview.changes.find(({ tableName }: { tableName: string }) => tableName === 'users').newValues.password_hash).toBe(
    '[secret]',
  );
  expect(text).not.toContain('argon2');
});

test('is refused as the real request is: too little stock, a stale ETag, a taken value, a rule of the body, a permission', async () => {
  const product = await makeProduct(shop, manager);
  await shop.call('post', '/v1/tags', { token: manager.token, body: { name: 'Taken', slug: 'taken' } });
  const before = await snapshotOf(shop);
  const order = { items: [{ productId: product, quantity: 11 }], paymentMethod: 'external' };
  const tried = [
    await shop.call('post', '/v1/orders', { token: buyer.token, body: order, headers: DRY }),
    await shop.call('patch', `/v1/products/${product}`, {
      token: manager.token,
      body: { name: 'B' },
      headers: { ...DRY, 'If-Match': '"a"' },
    }),
    await shop.call('post', '/v1/tags', { token: manager.token, body: { name: 'Taken', slug: 'taken' }, headers: DRY }),
    await shop.call('post', '/v1/tags', { token: manager.token, body: { name: '' }, headers: DRY }),
    await shop.call('post', '/v1/tags', { token: buyer.token, body: { name: 'Mine' }, headers: DRY }),
  ];
  expect(tried.map(({ status, body }) => [status, body.code])).toEqual([
    [409, 'insufficient_stock'],
    [412, 'precondition_failed'],
    [409, 'value_taken'],
    [422, 'invalid_body'],
    [403, 'forbidden'],
  ]);
  expect(await snapshotOf(shop)).toEqual(before);
});

test.each([
  ['?dryRun=true', {}],
  ['?dryRun=TRUE', {}],
  ['?dryRun=false', DRY],
  ['', { Prefer: 'Dry-Run; wait=10' }],
])('changes nothing with %s %j', async (query, headers: Record<string, string>) => {
  const { status } = await shop.call('post', `/v1/tags${query}`, { token: manager.token, body: { name: 'Tried' }, headers });
  expect(status).toBe(201);
  expect(await shop.query(`SELECT FROM tags WHERE name = 'Tried'`)).toEqual([]);
});

test.each([
  ['?dryRun=false', {}],
  ['', { Prefer: 'dry-running' }],
])('writes with %s %j', async (query, headers: Record<string, string>) => {
  const name = `Real${query}${JSON.stringify(headers)}`;
  const { status, body } = await shop.call('post', `/v1/tags${query}`, { token: manager.token, body: { name }, headers });
  expect([status, body.preview]).toEqual([201, undefined]);
  expect(await shop.query('SELECT FROM tags WHERE name = $1', [name])).toHaveLength(1);
});

test('refuses a value of dryRun that is neither, and dryRun on a read', async () => {
  const { body: write } = await shop.call('post', '/v1/tags?dryRun=maybe', { token: manager.token, body: { name: 'Tried' } });
  const { body: read } = await shop.call('get', '/v1/tags?dryRun=true');
  expect([write.code, read.code]).toEqual(['invalid_parameters', 'invalid_parameters']);
  expect(await shop.query(`SELECT FROM tags WHERE name = 'Tried'`)).toEqual([]);
});

test('cannot try what checks a password or a session, and counts no attempt', async () => {
  const { refreshToken, token, email } = buyer;
  const before = await snapshotOf(shop);
  const tried = [
    await shop.call('post', '/v1/auth/login', { body: { email, password: 'correct horse battery' }, headers: DRY }),
    await shop.call('post', '/v1/auth/login?dryRun=true', { body: { email, password: 'wrong' } }),
    await shop.call('post', '/v1/auth/refresh', { body: { refreshToken }, headers: DRY }),
    await shop.call('post', '/v1/auth/logout', { body: { refreshToken }, headers: DRY }),
    await shop.call('put', '/v1/me/password', { token, body: { currentPassword: 'x', newPassword: 'battery horse' }, headers: DRY }),
  ];
  expect(tried.map(({ status, body }) => [status, body.code])).toEqual(tried.map(() => [400, 'dry_run_refused']));
  expect(await snapshotOf(shop)).toEqual(before);
});

test('finds what PostgreSQL checks at the commit only', async () => {
  // Without dollar quotes, in which Sequelize would look for parameters.
  await shop.query(`CREATE FUNCTION refuse_tag() RETURNS trigger LANGUAGE plpgsql AS
    'BEGIN RAISE check_violation USING CONSTRAINT = ''tags_late_check'', TABLE = ''tags''; END'`);
  await shop.query(`CREATE CONSTRAINT TRIGGER tags_late AFTER INSERT ON tags DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW WHEN (NEW.name = 'Late') EXECUTE FUNCTION refuse_tag()`);
  const { status, body } = await shop.call('post', '/v1/tags', { token: manager.token, body: { name: 'Late' }, headers: DRY });
  expect([status, body.code]).toEqual([422, 'invalid_body']);
});
