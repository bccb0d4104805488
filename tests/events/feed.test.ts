import { Client } from 'pg';
import type { DomainEvent } from '../../src/events/definition/domain-event';
import { eventCatalogue } from '../../src/routes';
import { makeProduct } from '../factories/products';
import { useShop } from '../support/use-shop';

interface Page {
  readonly data: DomainEvent[];
  readonly pagination: { readonly limit: number; readonly hasNext: boolean; readonly nextCursor: string };
  readonly heldSince: string | null;
}

const { shop, admin, manager, auditor, customer } = useShop({
  admin: 'admin',
  manager: 'manager',
  auditor: 'auditor',
  customer: 'customer',
});

const get = (query: string, token = admin.token) => shop.call('get', `/v1/events${query}`, { token });
const read = async (query: string, token = admin.token): Promise<Page> => {
  const { status, body } = await get(query, token);
  expect([status, body.code]).toEqual([200, undefined]);
  return body;
};
const latest = async () => (await read('?after=latest')).pagination.nextCursor;
const typesOf = ({ data }: Page) => data.map(({ type }) => type);
const patch = (id: string, body: object) => shop.call('patch', `/v1/products/${id}`, { token: admin.token, body });

test('tells what happened to a product, from which value to which, in the order of the commits', async () => {
  const after = await latest();
  const id = await makeProduct(shop, admin, { name: 'Before', price: '18.00', stockQuantity: 1 });
  await patch(id, { name: 'After', price: '19.50' });
  await shop.call('delete', `/v1/products/${id}`, { token: admin.token });
  await shop.call('post', `/v1/products/${id}/restore`, { token: admin.token });
  const page = await read(`?after=${after}&types=products.*`);
  expect(typesOf(page)).toEqual(['products.created', 'products.updated', 'products.deleted', 'products.restored']);
  expect(page.data[1]).toEqual({
    id: expect.stringMatching(/^[0-9a-f-]{36}-updated$/),
    type: 'products.updated',
    occurredAt: expect.any(String),
    actor: `user:${admin.id}`,
    changeSetId: expect.any(String),
    object: { type: 'products', id, version: 2 },
    changes: expect.objectContaining({ name: { from: 'Before', to: 'After' }, price: { from: '18.00', to: '19.50' } }),
  });
  expect(page).toMatchObject({ pagination: { limit: 100, hasNext: false }, heldSince: null });
});

test('tells of an image, whose variants no change of the log has, and knows the columns of each source', async () => {
  const after = await latest();
  const body = { productId: await makeProduct(shop, admin), url: 'https://cdn.example/chai.webp' };
  const { body: image } = await shop.call('post', '/v1/images', { token: admin.token, body });
  const { data } = await read(`?after=${after}&types=images.*`);
  expect(data).toMatchObject([{ type: 'images.created', object: { id: image.id }, changes: { url: { to: body.url } } }]);
  for (const source of eventCatalogue.sources) expect(source.fields().size).toBeGreaterThan(0);
});

test('shows an amount with the decimals of its currency, and a rate as a number', async () => {
  const after = await latest();
  const id = await makeProduct(shop, admin, { price: '1.250', currency: 'KWD' });
  await patch(id, { price: '1.500' });
  const [created, updated] = (await read(`?after=${after}&types=products.*`)).data;
  expect(created?.changes).toMatchObject({ price: { from: null, to: '1.250' }, rating: { from: null, to: 0 } });
  expect(updated?.changes).toMatchObject({ price: { from: '1.250', to: '1.500' } });
});

test('names what a resource declares: orders placed and paid, products out of stock and back', async () => {
  const after = await latest();
  const id = await makeProduct(shop, admin, { stockQuantity: 1, price: '5.00' });
  const body = { items: [{ productId: id, quantity: 1 }], paymentMethod: 'external' };
  const order = await shop.call('post', '/v1/orders', { token: customer.token, body });
  await shop.call('post', `/v1/orders/${order.body.id}/pay`, { token: admin.token });
  await shop.call('post', `/v1/orders/${order.body.id}/cancel`, { token: admin.token });
  const types = 'orders.placed,orders.paid,orders.cancelled,products.out_of_stock,products.back_in_stock';
  expect(typesOf(await read(`?after=${after}&types=${types}`)).sort()).toEqual(types.split(',').sort());
  const [placed] = (await read(`?after=${after}&types=orders.placed`)).data;
  expect(placed).toMatchObject({
    object: { type: 'orders', id: order.body.id, version: 1 },
    changes: { total: { from: null, to: '5.00' } },
  });
});

test('pages without gaps or repeats, also between the events of one change and where a type is rare', async () => {
  const after = await latest();
  const id = await makeProduct(shop, admin, { stockQuantity: 1 });
  const setStock = (quantity: number) =>
    shop.call('put', `/v1/products/${id}/stock`, { token: admin.token, body: { quantity, reason: 'adjustment' } });
  await setStock(0);
  await setStock(2);
  const whole = await read(`?after=${after}`);
  expect(typesOf(whole)).toEqual(
    expect.arrayContaining(['products.created', 'products.updated', 'products.out_of_stock', 'products.back_in_stock']),
  );
  const walked: DomainEvent[] = [];
  let cursor = after;
  for (let hasNext = true; hasNext; ) {
    const page = await read(`?after=${cursor}&limit=1`);
    walked.push(...page.data);
    ({ hasNext, nextCursor: cursor } = page.pagination);
  }
  expect(walked).toEqual(whole.data);
  expect(new Set(walked.map((event) => event.id)).size).toBe(walked.length);
  const rare = await read(`?after=${after}&types=categories.*`);
  expect(rare.data).toEqual([]);
  expect((await read(`?after=${rare.pagination.nextCursor}`)).data).toEqual([]);
});

test('shows a change that somebody made by psql', async () => {
  const id = await makeProduct(shop, admin);
  const after = await latest();
  await shop.query('UPDATE products SET featured = NOT featured WHERE id = $1', [id]);
  expect((await read(`?after=${after}`)).data).toMatchObject([
    { type: 'products.updated', actor: expect.stringMatching(/^db:/), object: { id }, changes: { featured: {} } },
  ]);
});

describe('while another transaction is open', () => {
  let open: Client;
  const begin = (...statements: string[]) => beginAt(shop.env.DATABASE_URL, ...statements);
  const beginAt = async (connectionString: string, ...statements: string[]) => {
    open = new Client({ connectionString });
    await open.connect();
    for (const statement of ['BEGIN', ...statements]) await open.query(statement);
  };
  afterEach(() => open.end());

  test('holds back what was committed after it began, says since when, and shows both when it ends', async () => {
    const after = await latest();
    await begin(`INSERT INTO tags (id, name, slug) VALUES (uuid_v7(), 'Slow', 'slow')`);
    await makeProduct(shop, admin);
    const held = await read(`?after=${after}`);
    expect(held).toMatchObject({ data: [], pagination: { hasNext: false }, heldSince: expect.any(String) });
    await open.query('COMMIT');
    const page = await read(`?after=${held.pagination.nextCursor}`);
    expect(typesOf(page)).toEqual(expect.arrayContaining(['tags.created', 'products.created']));
    expect(page.heldSince).toBeNull();
  });

  test('holds nothing back where that one is of another database of the server', async () => {
    const elsewhere = new URL(shop.env.MIGRATION_DATABASE_URL);
    elsewhere.pathname = '/postgres';
    await beginAt(elsewhere.href, 'SELECT pg_current_xact_id()');
    const after = await latest();
    await makeProduct(shop, admin);
    const page = await read(`?after=${after}`);
    expect(typesOf(page)).toContain('products.created');
    expect(page.heldSince).toBeNull();
  });

  test('tells the changes of one object in their order, though the last writer began first', async () => {
    const id = await makeProduct(shop, admin, { name: 'One' });
    const after = await latest();
    await begin(`INSERT INTO tags (id, name, slug) VALUES (uuid_v7(), 'First', 'first')`);
    await patch(id, { name: 'Two' });
    await open.query('UPDATE products SET name = $1 WHERE id = $2', ['Three', id]);
    await open.query('UPDATE products SET name = $1 WHERE id = $2', ['Four', id]);
    await open.query('COMMIT');
    const { data } = await read(`?after=${after}&types=products.*`);
    expect(data.map(({ object, changes }) => [object.version, changes.name?.to])).toEqual([
      [2, 'Two'],
      [3, 'Three'],
      [4, 'Four'],
    ]);
  });
});

test('shows an actor the events of the resources that they may read, and refuses others by name', async () => {
  const all = typesOf(await read('?limit=1000', auditor.token));
  expect(all).toContain('roles.created');
  const some = typesOf(await read('?limit=1000', manager.token));
  expect(some).toContain('users.created');
  expect(some).not.toContain('roles.created');
  expect((await get('?types=roles.*', manager.token)).body).toMatchObject({ status: 403, code: 'forbidden' });
  expect((await get('?types=*,orders.*', manager.token)).status).toBe(200);
  expect((await get('', customer.token)).status).toBe(403);
});

test('never shows the hash of a password', async () => {
  const all = JSON.stringify(await read('?limit=1000&types=users.*'));
  expect(all).not.toMatch(/argon2|passwordHash|password_hash/);
});

test.each(['bogus', 'AAAAAAAAAAAAAAAAWzBd', 'x'.repeat(300)])('refuses the cursor %s', async (cursor) => {
  expect((await get(`?after=${cursor}`)).body).toMatchObject({ status: 400, code: 'invalid_cursor', errors: [{ pointer: 'after' }] });
});

test('refuses a type that no event has, and lists those that there are', async () => {
  const { body } = await get('?types=orders.eaten');
  expect(body).toMatchObject({ status: 400, code: 'invalid_parameters', errors: [{ pointer: 'types' }] });
  expect(body.errors[0].message).toContain('orders.paid');
  expect((await get('?types=orders')).body).toMatchObject({ status: 400, code: 'invalid_parameters' });
});
