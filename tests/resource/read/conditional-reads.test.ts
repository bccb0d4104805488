import request from 'supertest';
import { versionTag } from '../../../src/http/output/conditional';
import { makeProduct } from '../../factories/products';
import { type RecordedQuery, recordQueries } from '../../support/query-recorder';
import { useShop } from '../../support/use-shop';

const { shop, admin, customer } = useShop({ admin: 'admin', customer: 'customer' });
let id: string;
/** The ETag of a version of the product, which nobody has viewed yet, without quotes. */
let tagOfVersion: (version: number) => string;

beforeEach(async () => {
  id = await makeProduct(shop, admin);
  const { body } = await rename('Second');
  tagOfVersion = (version) => `${versionTag({ id, createdAt: new Date(body.createdAt), version })}.0`;
});

const at = () => `/v1/products/${id}`;
const rename = (name: string) => shop.call('patch', at(), { token: admin.token, body: { name } });
const read = (tag: string, path = at(), token?: string) => shop.call('get', path, { token, headers: { 'If-None-Match': tag } });

/** The one query of a read by nobody in particular. */
async function queryOf(headers: Record<string, string>, query = ''): Promise<RecordedQuery> {
  const queries = await recordQueries(() => shop.call('get', at() + query, { headers }));
  expect(queries).toHaveLength(1);
  return queries[0] as RecordedQuery;
}

/** Writes `$2` as the tag of version 2. */
const written = (header: string) => header.replace(/\$(\d)/g, (_, version) => tagOfVersion(Number(version)));

test.each(['"$2"', 'W/"$2"', '"$1", "$2"', '"abc" ,W/"$2","99999999999"', '*'])(
  'answers If-None-Match %s at version 2 with an empty 304',
  async (header) => {
    const tag = written(header);
    const answer = await read(tag);
    expect([answer.status, answer.text, answer.headers.etag]).toEqual([304, '', written('"$2"')]);
    const { slug } = (await shop.call('get', at())).body;
    expect((await read(tag, `/v1/products/slug:${slug}`)).status).toBe(304);
  },
);

test.each(['"$1"', '"$3"', '"$1", W/"$3"', '"abc"', '"99999999999"', '""', '"2"', '$2', '"$2.digest"'])(
  'answers If-None-Match %s at version 2 with the object',
  async (header) => {
    const answer = await read(written(header));
    expect([answer.status, answer.headers.etag]).toEqual([200, written('"$2"')]);
    expect(answer.body).toEqual((await shop.call('get', at())).body);
    expect(answer.body).toMatchObject({ id, name: 'Second', version: 2 });
  },
);

test('answers a 304 by one statement, which returns no body', async () => {
  for (const query of ['', '?fields=id,name', '?include=images']) {
    const { etag = '' } = (await shop.call('get', at() + query)).headers;
    const { text, values } = await queryOf({ 'If-None-Match': etag }, query);
    expect(await shop.query(text, values)).toMatchObject([
      { position: 1, body: null, tag: expect.stringContaining(tagOfVersion(2).slice(0, -1)) },
    ]);
  }
});

test('passes the client’s ETag as a parameter, never in the text', async () => {
  const { text } = await queryOf({});
  for (const tag of ['"1"', '"2"', 'W/"3"', '"2", "4"', '*', '"abc"', '"2.digest"', '""']) {
    expect((await queryOf({ 'If-None-Match': tag })).text).toBe(text);
  }
});

test('returns the object for the ETag before a change, and 304 for the one after', async () => {
  expect((await read(written('"$2"'))).status).toBe(304);
  await rename('Third');
  expect((await read(written('"$2"'))).body).toMatchObject({ name: 'Third', version: 3 });
  expect((await read(written('"$3"'))).status).toBe(304);
});

test('answers HEAD like GET, without a body', async () => {
  const head = (tag: string) => request(shop.app).head(at()).set('If-None-Match', tag);
  const unchanged = await head(written('"$2"'));
  expect([unchanged.status, unchanged.headers.etag]).toEqual([304, written('"$2"')]);
  const changed = await head(written('"$1"'));
  expect([changed.status, changed.headers.etag, changed.text]).toEqual([200, written('"$2"'), undefined]);
  expect(Number(changed.headers['content-length'])).toBeGreaterThan(100);
});

test.each(['"$1"', '"$2"', '"$3"', '*'])('answers 404 for an invisible object, even with If-None-Match %s', async (header) => {
  const tag = written(header);
  await shop.call('patch', at(), { token: admin.token, body: { status: 'draft' } });
  expect((await read(tag, at(), customer.token)).body.code).toBe('not_found');
  expect((await read(tag, `/v1/users/${admin.id}`, customer.token)).body.code).toBe('not_found');
  await shop.call('delete', at(), { token: admin.token });
  expect((await read(tag, at(), admin.token)).body.code).toBe('not_found');
});

test('answers 304 for a deleted object to a reader who may see it', async () => {
  await shop.call('delete', at(), { token: admin.token });
  const path = `${at()}?deleted=with`;
  const { headers } = await shop.call('get', path, { token: admin.token });
  expect((await read(String(headers.etag), path, admin.token)).status).toBe(304);
  expect((await read(String(headers.etag), path, customer.token)).status).toBe(403);
});

test('does not identify chosen fields or relations by the version alone', async () => {
  for (const query of ['fields=id,name', 'include=images']) {
    const path = `${at()}?${query}`;
    expect((await read(written('"$2"'), path)).status).toBe(200);
    const { etag = '' } = (await shop.call('get', path)).headers;
    expect((await read(etag, path)).headers.etag).toBe(etag);
    expect((await read(etag, path)).status).toBe(304);
    expect((await read('*', path)).headers.etag).toBe(etag);
  }
});

test('identifies a profile below its user by the version of the profile', async () => {
  const path = `/v1/users/${customer.id}/profile`;
  const profile = await shop.call('get', path, { token: customer.token });
  expect((await read(String(profile.headers.etag), path, customer.token)).status).toBe(304);
  expect((await read('"99"', path, customer.token)).body).toEqual(profile.body);
});

test('changes the ETag of what shows a related row when that row changes, and no other', async () => {
  const tagOf = async (query: string) => String((await shop.call('get', at() + query)).headers.etag);
  const [bare, withImages] = [await tagOf(''), await tagOf('?include=images')];
  const body = { productId: id, url: 'https://example.org/tea.jpg', altText: 'Tea' };
  expect((await shop.call('post', '/v1/images', { token: admin.token, body })).status).toBe(201);
  expect([await tagOf(''), (await tagOf('?include=images')) === withImages]).toEqual([bare, false]);
  expect((await read(withImages, `${at()}?include=images`)).status).toBe(200);
});
