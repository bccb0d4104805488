import { makeProduct, stockOf } from '../../factories/products';
import { useShop } from '../../support/use-shop';

const MISSING = '01890a5d-ac96-774b-bcce-b302099a8057';
const DOORS = 'POST /v1/stock-movements or PUT /v1/products/{id}/stock';

const { shop, admin, manager, editor, buyer } = useShop({ admin: 'admin', manager: 'manager', editor: 'customer', buyer: 'customer' });

const at = (id: string) => `/v1/products/${id}`;
const everything = () => shop.query('SELECT * FROM products ORDER BY id');

/** Gives the editor a role that may write products, and no stock. */
beforeAll(async () => {
  const { body: role } = await shop.call('post', '/v1/roles', { token: admin.token, body: { name: 'product-editor' } });
  await shop.call('put', `/v1/roles/${role.id}/permissions`, { token: admin.token, body: { permissions: ['products:write'] } });
  await shop.call('post', `/v1/users/${editor.id}/roles`, { token: admin.token, body: { role: 'product-editor' } });
});

const setStock = (id: string, body: object, token = manager.token) => shop.call('put', `${at(id)}/stock`, { token, body });

const readOnly = (name: string, door: string) => ({
  status: 422,
  code: 'invalid_body',
  errors: [{ pointer: `/${name}`, code: 'read_only', message: `${name} is read-only here; ${door} changes it` }],
});

test('refuses a PATCH or PUT of the stock, names the endpoints that change it, and leaves the product unchanged', async () => {
  const id = await makeProduct(shop, manager);
  const before = await everything();
  const replacement = { name: 'Replaced', sku: 'DOOR-1', price: '1.00', stockQuantity: 10 };
  for (const [method, body] of [
    ['patch', { name: 'Renamed', stockQuantity: 99 }],
    ['put', replacement],
    ['put', { ...replacement, stockQuantity: 0 }],
  ] as const) {
    expect((await shop.call(method, at(id), { token: manager.token, body })).body).toMatchObject(readOnly('stockQuantity', DOORS));
  }
  expect(await everything()).toEqual(before);
});

test('names the read-only stock beside the other faults of a body', async () => {
  const id = await makeProduct(shop, manager);
  const { body } = await shop.call('patch', at(id), { token: manager.token, body: { stockQuantity: 1, price: 'dear', colour: 'red' } });
  expect(body.errors.map(({ pointer, code }: { pointer: string; code: string }) => [pointer, code])).toEqual(
    expect.arrayContaining([
      ['/stockQuantity', 'read_only'],
      ['/price', 'wrong_format'],
      ['/colour', 'unknown_field'],
    ]),
  );
});

test('refuses a PATCH of a balance, names the endpoint that changes it, and leaves the user unchanged', async () => {
  const before = await shop.query('SELECT * FROM users ORDER BY id');
  const { body } = await shop.call('patch', `/v1/users/${buyer.id}`, { token: admin.token, body: { balance: '99.00' } });
  expect(body).toMatchObject(readOnly('balance', 'POST /v1/users/{id}/balance/entries'));
  expect(await shop.query('SELECT * FROM users ORDER BY id')).toEqual(before);
});

test('keeps the stock in a PUT without it, also while units are sold', async () => {
  const id = await makeProduct(shop, manager, { sku: 'KEPT-1', name: 'Kept', stockQuantity: 10 });
  const body = { name: 'Kept', sku: 'KEPT-1', price: '2.00', status: 'active' };
  const sales = Array.from({ length: 4 }, () =>
    shop.call('post', '/v1/orders', { token: buyer.token, body: { items: [{ productId: id, quantity: 1 }], paymentMethod: 'external' } }),
  );
  const edits = Array.from({ length: 4 }, () => shop.call('put', at(id), { token: manager.token, body }));
  const answers = await Promise.all([...sales, ...edits]);
  expect(answers.map(({ status }) => status)).toEqual([201, 201, 201, 201, 200, 200, 200, 200]);
  expect(await stockOf(shop, id)).toEqual({ stock: 6, ledger: 6 });
});

test('sets the opening stock at creation, by POST or PUT, for holders of stock:write only', async () => {
  const body = { name: 'Opening', sku: 'OPEN-1', price: '1.00', stockQuantity: 5 };
  const before = await everything();
  for (const [method, path] of [['post', '/v1/products'] as const, ['put', at(MISSING)] as const]) {
    expect((await shop.call(method, path, { token: editor.token, body })).body).toMatchObject({ status: 403, code: 'forbidden' });
  }
  expect(await everything()).toEqual(before);
  expect((await shop.call('put', at(MISSING), { token: manager.token, body })).body).toMatchObject({ stockQuantity: 5 });
  expect(await stockOf(shop, MISSING)).toEqual({ stock: 5, ledger: 5 });
  const empty = { ...body, name: 'Empty', sku: 'OPEN-2', stockQuantity: 0 };
  expect((await shop.call('post', '/v1/products', { token: editor.token, body: empty })).status).toBe(201);
});

test('sets the stock with an entry in the ledger, and writes none where the count is right already', async () => {
  const id = await makeProduct(shop, manager);
  const answer = await setStock(id, { quantity: 24, expected: 10, reason: 'adjustment', note: 'Counted' });
  expect(answer).toMatchObject({ status: 200, body: { productId: id, quantity: 24 } });
  expect(answer.body.movement).toMatchObject({ delta: 14, quantityAfter: 24, reason: 'adjustment', note: 'Counted', actorId: manager.id });
  const before = await everything();
  expect((await setStock(id, { quantity: 24, reason: 'adjustment' })).body).toEqual({ productId: id, quantity: 24, movement: null });
  expect(await everything()).toEqual(before);
  expect((await setStock(id, { quantity: 0, reason: 'restock' })).body).toMatchObject({ movement: { delta: -24, quantityAfter: 0 } });
  expect(await stockOf(shop, id)).toEqual({ stock: 0, ledger: 0 });
});

test('refuses to replace another count than the expected one, says the present count, and leaves it', async () => {
  const id = await makeProduct(shop, manager);
  const refused = await setStock(id, { quantity: 12, expected: 11, reason: 'adjustment' });
  expect(refused.body).toMatchObject({
    status: 409,
    code: 'stock_changed',
    detail: 'The stock is 10 now, not 11. Count again, then repeat with "expected": 10.',
    errors: [{ pointer: '/expected', code: 'stock_changed' }],
  });
  expect(await stockOf(shop, id)).toEqual({ stock: 10, ledger: 10 });
});

test('lets one of twelve counts with the same expectation win', async () => {
  const id = await makeProduct(shop, manager);
  const counts = Array.from({ length: 12 }, (_, n) => setStock(id, { quantity: 100 + n, expected: 10, reason: 'adjustment' }));
  const statuses = (await Promise.all(counts)).map(({ status }) => status);
  expect(statuses.sort()).toEqual([200, ...Array(11).fill(409)]);
  const { stock, ledger } = await stockOf(shop, id);
  expect(stock).toBe(ledger);
});

test('refuses to set the stock without stock:write, of a missing or deleted product, or out of bounds, and changes nothing', async () => {
  const id = await makeProduct(shop, manager);
  const gone = await makeProduct(shop, manager);
  await shop.call('delete', at(gone), { token: manager.token });
  const before = await everything();
  const body = { quantity: 1, reason: 'adjustment' };
  expect((await setStock(id, body, editor.token)).body).toMatchObject({ status: 403, code: 'forbidden' });
  for (const missing of [MISSING.replace('8057', '8058'), gone]) expect((await setStock(missing, body)).body.code).toBe('not_found');
  for (const quantity of [-1, 1_000_000_001, 1.5]) expect((await setStock(id, { ...body, quantity })).status).toBe(422);
  expect(await everything()).toEqual(before);
});
