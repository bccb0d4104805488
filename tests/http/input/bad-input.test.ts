import { gzipSync } from 'node:zlib';
import request from 'supertest';
import { useShop } from '../../support/use-shop';

const { shop, manager } = useShop({ manager: 'manager' });

afterEach(() => shop.query('DELETE FROM tags'));

const tagNames = async () => (await shop.query<{ name: string }>('SELECT name FROM tags')).map(({ name }) => name);
const create = (body: unknown, headers: Record<string, string> = {}) =>
  shop.call('post', '/v1/tags', { token: manager.token, body, headers });

test.each([
  ['malformed JSON', '{"name": ', {}, 400, 'malformed_json'],
  ['a body that is no object', '"name"', {}, 422, 'invalid_body'],
  ['another media type', 'name=x', { 'Content-Type': 'application/x-www-form-urlencoded' }, 415, 'unsupported_media_type'],
  ['another charset', '{}', { 'Content-Type': 'application/json; charset=latin1' }, 415, 'unsupported_media_type'],
  ['a body over the limit', `"${'x'.repeat(2_000_000)}"`, {}, 413, 'body_too_large'],
  ['a body far beyond what a tag needs', `"${'x'.repeat(20_000)}"`, {}, 413, 'body_too_large'],
])('refuses %s and creates nothing', async (_what, body, headers, status, code) => {
  const answer = await create(body, headers);
  expect(answer.body).toMatchObject({ status, code, requestId: answer.headers['x-request-id'] });
  expect(answer.headers['content-type']).toBe('application/problem+json; charset=utf-8');
  expect(await tagNames()).toEqual([]);
});

test.each(['application/json', 'application/merge-patch+json'])(
  'refuses an empty body of type %s, and changes nothing',
  async (mediaType) => {
    const { body } = await create({ name: 'Kept' });
    const call = { token: manager.token, body: '', headers: { 'Content-Type': mediaType, 'Content-Length': '0' } };
    const answer = await shop.call('patch', `/v1/tags/${body.id}`, call);
    expect(answer.body).toMatchObject({ status: 400, code: 'malformed_json' });
    expect(await tagNames()).toEqual(['Kept']);
  },
);

test('reports every broken rule at once', async () => {
  const answer = await create({ name: 5, slug: 'Not A Slug', version: 7, unheardOf: true });
  expect(answer.status).toBe(422);
  expect(answer.body.errors.map(({ pointer, code }: { pointer: string; code: string }) => [pointer, code]).sort()).toEqual([
    ['/name', 'wrong_type'],
    ['/slug', 'wrong_format'],
    ['/unheardOf', 'unknown_field'],
    ['/version', 'unknown_field'],
  ]);
  expect(await tagNames()).toEqual([]);
});

test.each(['\u0000', 'half \ud800'])('refuses text that PostgreSQL cannot store: %j', async (name) => {
  expect((await create(JSON.stringify({ name, slug: 'x' }))).body).toMatchObject({ status: 422, errors: [{ code: 'unstorable_text' }] });
  expect(await tagNames()).toEqual([]);
});

test('stops decompressing a body at the size limit', async () => {
  const bomb = gzipSync(Buffer.alloc(50_000_000, 0x20));
  const answer = await request(shop.server)
    .post('/v1/tags')
    .set('Authorization', `Bearer ${manager.token}`)
    .set('Content-Type', 'application/json')
    .set('Content-Encoding', 'gzip')
    .serialize((body) => body)
    .send(bomb);
  expect(answer.body).toMatchObject({ status: 413, code: 'body_too_large' });
});

test('stops decompressing a file that is nearly empty for its size, and imports nothing of it', async () => {
  const bomb = gzipSync(`name,slug\nBomb,bomb\n${'\n'.repeat(20_000_000)}`);
  const headers = { 'Content-Type': 'text/csv', 'Content-Encoding': 'gzip' };
  const { body } = await shop.call('post', '/v1/tags/import', { token: manager.token, body: bomb, headers });
  expect(body).toMatchObject({ status: 400, code: 'malformed_request', detail: expect.stringContaining('100 times its size') });
  expect(await tagNames()).toEqual([]);
});

test('refuses a taken unique value and names its field', async () => {
  await create({ name: 'Fresh' });
  expect((await create({ name: 'Other', slug: 'fresh' })).body).toMatchObject({
    status: 409,
    code: 'value_taken',
    errors: [{ pointer: '/slug' }],
  });
  expect(await tagNames()).toEqual(['Fresh']);
});

test.each([
  ['/v1/products?unheardOf=1', 'unknown_parameter'],
  ['/v1/products?limit=101', 'too_large'],
  ['/v1/products?limit=1&limit=2', 'duplicate'],
  ['/v1/products?sort=secret', 'not_allowed'],
  ['/v1/products?sort=name,-name', 'duplicate'],
  ['/v1/products?sort=name,price,brand,sku,createdAt', 'too_many'],
  ['/v1/products?sort=relevance', 'not_allowed'],
  ['/v1/products?fields=id,secret', 'not_allowed'],
  ['/v1/products?include=secret', 'not_allowed'],
  ['/v1/products?price[gte]=cheap', 'wrong_format'],
  ['/v1/products?createdAt[gte]=2026-02-31T00:00:00Z', 'wrong_format'],
  ['/v1/products?status=sold', 'not_allowed'],
  ['/v1/products?cursor=abc', 'invalid_cursor'],
  ['/v1/products?name=%00', 'unstorable_text'],
  ['/v1/products/not-an-id', 'wrong_format'],
])('refuses %s with the code %s', async (path, code) => {
  const answer = await shop.call('get', path);
  expect(answer.body).toMatchObject({ status: 400, errors: [{ code }] });
});

test('refuses an unknown path, a wrong method, a broken encoding and a long URL, each with its own status', async () => {
  expect((await shop.call('get', '/v1/nowhere', { isUndocumented: true })).body).toMatchObject({
    ...{ status: 404, code: 'not_found', title: 'Not found', detail: 'No route matches /v1/nowhere.' },
  });
  const wrong = await shop.call('delete', '/v1/products', { isUndocumented: true });
  expect(wrong.body).toMatchObject({ status: 405, code: 'method_not_allowed' });
  expect(wrong.headers.allow).toBe('GET, HEAD, POST, OPTIONS');
  expect((await shop.call('get', '/v1/products/%E0%A4%A')).body).toMatchObject({ status: 400, code: 'malformed_request' });
  expect((await shop.call('get', `/v1/products?name=${'x'.repeat(9_000)}`)).body).toMatchObject({ status: 414, code: 'uri_too_long' });
});

test('refuses a client that accepts no JSON', async () => {
  expect((await shop.call('get', '/v1/products', { headers: { Accept: 'text/html' } })).status).toBe(406);
});

test('refuses a member named __proto__', async () => {
  const answer = await create('{"name": "Tag", "__proto__": {"admin": true}}');
  expect(answer.body).toMatchObject({ status: 422, errors: [{ pointer: '/__proto__', code: 'unknown_field' }] });
  expect(await tagNames()).toEqual([]);
});

test.each([
  ['too many members', JSON.stringify(Object.fromEntries(Array.from({ length: 1_500 }, (_, n) => [`${n}`, 1]))), 'too_many'],
  ['too deep', `${'{"a":'.repeat(2_000)}1${'}'.repeat(2_000)}`, 'too_deep'],
  ['too long a list', JSON.stringify(Array.from({ length: 5_000 }, () => ({}))), 'too_many'],
])('refuses a body with %s before it validates it', async (_what, body, code) => {
  const answer = await create(body);
  expect(answer.body).toMatchObject({ status: 422, code: 'invalid_body', errors: [{ pointer: '', code }] });
});

test('reports at most a hundred faults', async () => {
  const answer = await create(Object.fromEntries(Array.from({ length: 500 }, (_, n) => [`m${n}`, n])));
  expect(answer.body.errors).toHaveLength(100);
  expect(answer.body.detail).toContain('501 rules are broken');
  const query = Array.from({ length: 300 }, (_, n) => `m${n}=1`).join('&');
  const { body } = await shop.call('get', `/v1/tags?${query}`);
  expect(body.errors).toHaveLength(100);
  expect(body.detail).toBe('300 rules are broken; "errors" names the first 100.');
});

test('asks for a body where there is none', async () => {
  const { body } = await shop.call('post', '/v1/tags', { token: manager.token });
  expect(body).toMatchObject({ status: 422, code: 'invalid_body', detail: 'The request has no body. Send a JSON object.' });
});

test.each([['2026-01-01T00:00:00+23:59'], ['9999-12-31T23:59:59-10:00'], ['2026-02-30T00:00:00Z']])(
  'refuses a time that PostgreSQL cannot store: %s',
  async (time) => {
    const answer = await shop.call('get', `/v1/tags?createdAt[gte]=${encodeURIComponent(time)}`);
    expect(answer.body).toMatchObject({ status: 400, code: 'invalid_parameters' });
  },
);
