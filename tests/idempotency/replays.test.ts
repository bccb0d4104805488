import type { Response } from 'supertest';
import { makeProduct } from '../factories/products';
import { behindLock } from '../support/behind-lock';
import { type Method, type Shop, startShop } from '../support/shop';
import { useShop } from '../support/use-shop';

const { shop, manager, admin, buyer } = useShop({ manager: 'manager', admin: 'admin', buyer: 'customer' });
/** Another process on the same database. */
let other: Shop;

beforeAll(async () => {
  other = await startShop({ DATABASE_URL: shop.env.DATABASE_URL });
});
afterAll(() => other.close());

let keys = 0;
const newKey = () => `key-of-a-test-${String(++keys).padStart(4, '0')}`;
const newName = () => `Tag ${newKey()}`;

interface Sent {
  readonly from?: Shop;
  readonly token?: string | undefined;
  readonly headers?: Record<string, string>;
}

const send = (method: Method, path: string, key: string, body: unknown, { from = shop, token, headers }: Sent = {}) =>
  from.call(method, path, { token: token ?? manager.token, body, headers: { 'Idempotency-Key': key, ...headers } });
const makeTag = (key: string, name: string, sent?: Sent) => send('post', '/v1/tags', key, { name }, sent);
const tagsNamed = (name: string) => shop.query('SELECT id FROM tags WHERE name = $1', [name]);
const shown = ({ status, text, headers: { etag, location, 'content-type': type } }: Response) => ({ status, text, etag, location, type });
const isReplay = ({ headers }: Response) => headers['idempotency-replayed'] === 'true';

test('creates once, and sends the first response again byte for byte, also from another process and after the object has changed', async () => {
  const [key, name] = [newKey(), newName()];
  const first = await makeTag(key, name);
  expect([first.status, isReplay(first)]).toEqual([201, false]);
  const again = await makeTag(key, name);
  await shop.call('patch', `/v1/tags/${first.body.id}`, { token: manager.token, body: { name: newName() } });
  const elsewhere = await makeTag(key, name, { from: other });
  await shop.call('delete', `/v1/tags/${first.body.id}`, { token: manager.token });
  const afterwards = await makeTag(key, name);
  for (const replay of [again, elsewhere, afterwards]) {
    expect(shown(replay)).toEqual(shown(first));
    expect(isReplay(replay)).toBe(true);
  }
  expect(await tagsNamed(name)).toEqual([]);
  expect(await shop.query('SELECT FROM tags WHERE id = $1::uuid', [first.body.id])).toHaveLength(1);
});

test('sends the response of an edit, a replacement and a deletion again, and does each once', async () => {
  const { body: tag } = await makeTag(newKey(), newName());
  const path = `/v1/tags/${tag.id}`;
  const patchKey = newKey();
  const patch = { name: newName() };
  const edits = [await send('patch', path, patchKey, patch), await send('patch', path, patchKey, patch)];
  expect(edits.map(({ status, body: { version } }) => [status, version])).toEqual([
    [200, 2],
    [200, 2],
  ]);
  const deleteKey = newKey();
  const deletions = [await send('delete', path, deleteKey, undefined), await send('delete', path, deleteKey, undefined)];
  expect(deletions.map(({ status, text }) => [status, text])).toEqual([
    [204, ''],
    [204, ''],
  ]);
  expect([...edits, ...deletions].map(isReplay)).toEqual([false, true, false, true]);
  expect(await shop.query('SELECT FROM audit_logs WHERE record_id = $1::uuid', [tag.id])).toHaveLength(3);
});

test.each([
  ['another body', (key: string) => makeTag(key, newName())],
  ['another path', (key: string) => send('post', '/v1/categories', key, { name: 'A tag' })],
  [
    'another query',
    (key: string) => send('delete', `/v1/tags/00c2bf9d-1c00-7107-8000-000000000001?force=true`, key, undefined, { token: admin.token }),
  ],
])('refuses a key with %s, and does nothing', async (_what, repeat) => {
  const key = newKey();
  const sent = { token: _what === 'another query' ? admin.token : manager.token };
  expect((await makeTag(key, newName(), sent)).status).toBe(201);
  const before = await shop.query('SELECT count(*) FROM audit_logs');
  expect((await repeat(key)).body).toMatchObject({ status: 422, code: 'idempotency_key_reused' });
  expect(await shop.query('SELECT count(*) FROM audit_logs')).toEqual(before);
});

test('keeps the keys of two people apart', async () => {
  const [key, name, otherName] = [newKey(), newName(), newName()];
  const mine = await makeTag(key, name);
  const theirs = await makeTag(key, otherName, { token: admin.token });
  expect([mine.status, theirs.status, isReplay(theirs)]).toEqual([201, 201, false]);
  expect([await tagsNamed(name), await tagsNamed(otherName)].map(({ length }) => length)).toEqual([1, 1]);
});

test.each([
  ['short', 'a'.repeat(15), 'too_short'],
  ['long', 'a'.repeat(256), 'too_long'],
  ['with a space', 'a key of several words', 'malformed'],
  ['of another script', 'clé-de-vingt-signes', 'malformed'],
])('refuses a key that is too %s', async (_what, key, code) => {
  const name = newName();
  const { body } = await makeTag(key, name);
  expect(body).toMatchObject({ status: 400, code: 'invalid_parameters', errors: [{ pointer: 'Idempotency-Key', code }] });
  expect(await tagsNamed(name)).toEqual([]);
});

test('takes keys of 16 and of 255 characters', async () => {
  for (const key of ['a'.repeat(16), 'b'.repeat(255)]) expect((await makeTag(key, newName())).status).toBe(201);
});

test('sends a refusal that the work decided again, though it would succeed by now', async () => {
  const [key, name] = [newKey(), newName()];
  const slug = key.replaceAll('_', '-');
  const makeSlug = (withKey: string, from = shop) => send('post', '/v1/tags', withKey, { name, slug }, { from });
  const { body: taken } = await makeSlug(newKey());
  const first = await makeSlug(key);
  expect(first.body).toMatchObject({ status: 409, code: 'value_taken' });
  await shop.call('delete', `/v1/tags/${taken.id}`, { token: manager.token });
  const replay = await makeSlug(key, other);
  expect([shown(replay), isReplay(replay)]).toEqual([shown(first), true]);
  expect((await makeSlug(newKey())).status).toBe(201);
});

test('keeps no refusal from before the work: the mended request runs under its key', async () => {
  const [key, name] = [newKey(), newName()];
  const kept = () => shop.query('SELECT id FROM idempotency_keys ORDER BY id');
  const before = await kept();
  const refusals = [
    await makeTag(key, name, { token: buyer.token }),
    await makeTag(key, name, { token: 'nonsense' }),
    await send('post', '/v1/tags', key, { name, colour: 'blue' }),
    await send('post', '/v1/tags', key, { name }, { headers: { Accept: 'text/html' } }),
  ];
  expect(refusals.map(({ status }) => status)).toEqual([403, 401, 422, 406]);
  expect(await kept()).toEqual(before);
  expect((await makeTag(key, name)).status).toBe(201);
});

test('refuses a twin in flight at once, from this and from another process, and then sends the one response', async () => {
  const { body: tag } = await makeTag(newKey(), newName());
  const [key, name] = [newKey(), newName()];
  const edit = (from: Shop) => send('patch', `/v1/tags/${tag.id}`, key, { name }, { from });
  const twins: Response[] = [];
  const lock = {
    sql: 'SELECT FROM tags WHERE id = $1::uuid FOR UPDATE',
    values: [tag.id],
    meanwhile: async () => void twins.push(await edit(shop), await edit(other)),
  };
  const first = await behindLock(shop, lock, async () => edit(shop));
  expect(first.status).toBe(200);
  for (const { body, headers } of twins) {
    expect(body).toMatchObject({ status: 409, code: 'request_in_progress' });
    expect(headers['retry-after']).toBe('1');
  }
  expect(shown(await edit(other))).toEqual(shown(first));
});

test('takes effect once, however many send it at once', async () => {
  const [key, name] = [newKey(), newName()];
  const responses = await Promise.all(Array.from({ length: 24 }, (_, n) => makeTag(key, name, { from: n % 2 ? shop : other })));
  const settled = responses.filter(({ status }) => status !== 409);
  expect(settled.length).toBeGreaterThan(0);
  expect(new Set(settled.map((response) => JSON.stringify(shown(response)))).size).toBe(1);
  expect(new Set(responses.map(({ status, body }) => (status === 201 ? '' : body.code)))).toEqual(new Set(['', 'request_in_progress']));
  expect(await tagsNamed(name)).toHaveLength(1);
});

test('does nothing where the records cannot be read, and runs once they can', async () => {
  const [key, name] = [newKey(), newName()];
  await shop.query('ALTER TABLE idempotency_keys RENAME TO idempotency_keys_gone');
  try {
    const { body, headers } = await makeTag(key, name);
    expect([body.status, body.code, headers['retry-after']]).toEqual([503, 'unavailable', '60']);
    expect(await tagsNamed(name)).toEqual([]);
  } finally {
    await shop.query('ALTER TABLE idempotency_keys_gone RENAME TO idempotency_keys');
  }
  expect((await makeTag(key, name)).status).toBe(201);
});

test('asks for a key on orders, payments and refunds only, where the setting says so', async () => {
  const strict = await startShop({ DATABASE_URL: shop.env.DATABASE_URL, REQUIRE_IDEMPOTENCY_KEY: 'true' });
  try {
    const productId = await makeProduct(shop, manager);
    const order = { items: [{ productId, quantity: 1 }], paymentMethod: 'external' };
    const call = (path: string, body: unknown, token = manager.token) => strict.call('post', path, { token, body });
    const { body: placed } = await shop.call('post', '/v1/orders', { token: buyer.token, body: order });
    const refused = [
      await call('/v1/orders', order, buyer.token),
      await call(`/v1/orders/${placed.id}/pay`, undefined),
      await call(`/v1/orders/${placed.id}/refunds`, { amount: '1.00' }),
    ];
    expect(refused.map(({ status, body }) => [status, body.code])).toEqual(refused.map(() => [428, 'idempotency_key_required']));
    expect(await shop.query('SELECT status FROM orders')).toEqual([{ status: 'pending' }]);
    expect((await call('/v1/tags', { name: newName() })).status).toBe(201);
    const tries = [await call('/v1/orders?dryRun=true', order, buyer.token), await call('/v1/orders?dryRun=false', order, buyer.token)];
    expect(tries.map(({ status }) => status)).toEqual([201, 428]);
    expect((await send('post', `/v1/orders/${placed.id}/pay`, newKey(), undefined, { from: strict })).status).toBe(200);
  } finally {
    await strict.close();
  }
});
