import { letRatingsBeSet, makeProduct } from '../../factories/products';
import { useShop } from '../../support/use-shop';

/* `version` in a patch is a precondition on edits alone: what sells all day can still be edited. */
const { shop, admin, buyer } = useShop({ admin: 'admin', buyer: 'customer' });

const patch = (path: string, body: object, headers = {}) => shop.call('patch', path, { token: admin.token, body, headers });
const read = async (path: string) => (await shop.call('get', path, { token: admin.token })).body;
const sell = (productId: string) =>
  shop.call('post', '/v1/orders', { token: buyer.token, body: { items: [{ productId, quantity: 1 }], paymentMethod: 'external' } });

test('lets an edit through that a sale, a movement and a count of views overtook, and refuses one that another edit overtook', async () => {
  const id = await makeProduct(shop, admin, { name: 'First' });
  const path = `/v1/products/${id}`;
  await sell(id);
  await shop.call('post', '/v1/stock-movements', { token: admin.token, body: { productId: id, delta: 5, reason: 'restock' } });
  await letRatingsBeSet(shop);
  await shop.query('UPDATE products SET view_count = view_count + 1, rating = 4, review_count = 1 WHERE id = $1::uuid', [id]);
  expect(await read(path)).toMatchObject({ version: 4, stockQuantity: 14 });
  expect((await patch(path, { name: 'Second', version: 1 })).body).toMatchObject({ name: 'Second', version: 5, stockQuantity: 14 });
  await sell(id);
  for (const version of [1, 4, 7]) {
    const refused = await patch(path, { name: 'Third', version });
    expect(refused.body).toMatchObject({ status: 412, code: 'precondition_failed' });
  }
  expect(await read(path)).toMatchObject({ name: 'Second', version: 6 });
  expect((await patch(path, { name: 'Third', version: 5 })).status).toBe(200);
});

test('keeps If-Match strict about everything that is shown', async () => {
  const id = await makeProduct(shop, admin, { name: 'Kept' });
  const { etag } = (await shop.call('get', `/v1/products/${id}`)).headers;
  await sell(id);
  expect((await patch(`/v1/products/${id}`, { name: 'Changed', version: 1 }, { 'If-Match': String(etag) })).status).toBe(412);
  expect(await read(`/v1/products/${id}`)).toMatchObject({ name: 'Kept', version: 2 });
});

test('does not take a log-in or a credit for an edit of the user', async () => {
  const path = `/v1/users/${buyer.id}`;
  const { version, updatedAt } = await read(path);
  await shop.call('post', '/v1/auth/login', { body: { email: buyer.email, password: 'correct horse battery' } });
  await shop.query('UPDATE users SET balance = balance + 10 WHERE id = $1::uuid', [buyer.id]);
  const moved = await read(path);
  expect([moved.version > version, moved.updatedAt]).toEqual([true, updatedAt]);
  expect((await patch(path, { firstName: 'Ana', version })).body).toMatchObject({ firstName: 'Ana', version: moved.version + 1 });
  expect((await patch(path, { firstName: 'Bea', version })).status).toBe(412);
});

test.each(['tags', 'categories'])('refuses an overtaken edit of %s, which have nothing but edits', async (resource) => {
  const { id } = (await shop.call('post', `/v1/${resource}`, { token: admin.token, body: { name: 'One' } })).body;
  expect((await patch(`/v1/${resource}/${id}`, { name: 'Two', version: 1 })).body).toMatchObject({ name: 'Two', version: 2 });
  expect((await patch(`/v1/${resource}/${id}`, { name: 'Three', version: 1 })).status).toBe(412);
  expect(await read(`/v1/${resource}/${id}`)).toMatchObject({ name: 'Two', version: 2 });
});

test('lets one of two editors with the same version win', async () => {
  const id = await makeProduct(shop, admin);
  const edits = await Promise.all(['One', 'Two'].map((name) => patch(`/v1/products/${id}`, { name, version: 1 })));
  expect(edits.map(({ status }) => status).sort()).toEqual([200, 412]);
});

test('takes the last change of a row that is older than this rule for an edit', async () => {
  const id = await makeProduct(shop, admin, { name: 'Old' });
  await shop.owner.transaction(async (transaction) => {
    const run = (sql: string) => shop.owner.query(sql, { transaction });
    await run('ALTER TABLE products DISABLE TRIGGER products_stamp');
    await run(`UPDATE products SET edited_version = NULL, version = 8 WHERE id = '${id}'`);
    await run('ALTER TABLE products ENABLE TRIGGER products_stamp');
  });
  await sell(id);
  expect((await patch(`/v1/products/${id}`, { name: 'New', version: 7 })).status).toBe(412);
  expect((await patch(`/v1/products/${id}`, { name: 'New', version: 8 })).body).toMatchObject({ name: 'New', version: 10 });
});

test('neither shows nor records the bookkeeping of edits', async () => {
  const id = await makeProduct(shop, admin);
  await patch(`/v1/products/${id}`, { name: 'Renamed', version: 1 });
  expect(await read(`/v1/products/${id}`)).not.toHaveProperty('editedVersion');
  const entries = await shop.query<{ text: string }>(
    'SELECT (old_values, new_values)::text AS text FROM audit_logs WHERE record_id = $1::uuid',
    [id],
  );
  expect(entries.length).toBe(2);
  expect(entries.filter(({ text }) => text.includes('edited_version'))).toEqual([]);
});
