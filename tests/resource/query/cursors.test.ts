import { type Cursor, isCursorOf, notOfThisList, oppositeCursor, parseCursor, writeCursor } from '../../../src/resource/query/order/cursor';
import { useShop } from '../../support/use-shop';
import { fillShop } from '../list/properties/rows';

const { shop, admin, one, other } = useShop({ admin: 'admin', one: 'customer', other: 'customer' });

beforeAll(async () => {
  await fillShop(shop);
  for (const [index, { id }] of [one, other].entries())
    await shop.query(`UPDATE orders SET user_id = $1::uuid WHERE user_id = (SELECT id FROM users WHERE username ILIKE $2)`, [
      id,
      `name${index}`,
    ]);
});

const LIST = 'identity of a list';

/** Reads a cursor of the list as a request does. */
function readCursor(token: string, list = LIST): Cursor {
  const parsed = parseCursor(token);
  if (!isCursorOf(list, parsed.position.length, parsed)) throw notOfThisList();
  const { position, backwards, inclusive } = parsed;
  return { position, backwards, inclusive };
}

const LISTS = ['/v1/products?sort=brand,-price', '/v1/orders?sort=-total', '/v1/users?sort=email', '/v1/categories?sort=name'] as const;

async function cursorOf(list: string, token: string | undefined = admin.token): Promise<string> {
  const { body } = await shop.call('get', `${list}&limit=2`, { token });
  return String(body.pagination.nextCursor);
}

async function answer(list: string, cursor: string, token: string | undefined = admin.token) {
  const { status, body } = await shop.call('get', `${list}&cursor=${encodeURIComponent(cursor)}`, { token });
  return [status, body.code];
}

const REFUSED = [400, 'invalid_cursor'];
const MALFORMED = [400, 'invalid_parameters'];
const IN_ALPHABET = /^[\w-]+$/;

/** The cursor with a bit of each byte flipped, cut off at each length, and with something behind it. */
function forgeries(cursor: string): string[] {
  const bytes = Buffer.from(cursor, 'base64url');
  const flipped = [...bytes.keys()].map((index) => {
    const copy = Buffer.from(bytes);
    copy.writeUInt8(bytes.readUInt8(index) ^ (1 << (index % 8)), index);
    return copy.toString('base64url');
  });
  const cut = Array.from({ length: cursor.length - 1 }, (_letter, index) => cursor.slice(0, index + 1));
  return [...flipped, ...cut, ...['A', '=', ' ', '\u0101', cursor].map((added) => `${cursor}${added}`)];
}

test('refuses a cursor with any byte altered or any end cut off', () => {
  const given: Cursor = { position: ['Chai', null, '01900000-0004-7000-8000-00000001868d'], backwards: false, inclusive: false };
  const cursor = writeCursor(LIST, given);
  expect(readCursor(cursor)).toEqual(given);
  const forged = forgeries(cursor);
  expect(new Set(forged).size).toBeGreaterThan(100);
  for (const token of forged) expect(() => readCursor(token)).toThrow(/^invalid_cursor/);
});

test('refuses a cursor of another list, without a checksum or without a position', () => {
  const position: Cursor = { position: ['Chai', '018f'], backwards: false, inclusive: false };
  const encoded = Buffer.from(JSON.stringify(['Chai', '018f'])).toString('base64url');
  const tokens = [writeCursor('another list', position), encoded, `f${'A'.repeat(16)}${encoded}`, `f${'A'.repeat(16)}`];
  for (const token of tokens) expect(() => readCursor(token)).toThrow(/^invalid_cursor/);
  expect(isCursorOf(LIST, 3, parseCursor(writeCursor(LIST, position)))).toBe(false);
});

test('refuses a position that is not an array of texts and nulls, whatever its checksum', () => {
  for (const position of [{}, 5, 'Chai', ['Chai', 5], [['Chai']], [{ toString: 'x' }]]) {
    const token = writeCursor(LIST, { position: position as unknown as Cursor['position'], backwards: false, inclusive: false });
    expect(() => readCursor(token)).toThrow(/^invalid_cursor/);
  }
});

test('reverses the direction of a cursor, and includes the row that the other leaves out', () => {
  for (const backwards of [false, true]) {
    for (const inclusive of [false, true]) {
      const given: Cursor = { position: ['Chai', '018f'], backwards, inclusive };
      const cursor = writeCursor(LIST, given);
      const turned = String(oppositeCursor(cursor));
      expect(readCursor(turned)).toEqual({ ...given, backwards: !backwards, inclusive: !inclusive });
      expect(oppositeCursor(turned)).toBe(cursor);
      for (const letter of ['', 'a', 'ff']) expect(() => readCursor(letter + cursor.slice(1))).toThrow(/^invalid_cursor/);
    }
  }
});

test('leads back through the same pages, however often the direction changes', async () => {
  const list = '/v1/products?sort=brand,-price';
  const page = async (cursor: string) => (await shop.call('get', `${list}&limit=2&cursor=${cursor}`, { token: admin.token })).body;
  const there = await cursorOf(list);
  const second = await page(there);
  const third = await page(second.pagination.nextCursor);
  expect(await page(third.pagination.prevCursor)).toMatchObject({
    data: second.data,
    pagination: { nextCursor: second.pagination.nextCursor },
  });
  const first = await page(second.pagination.prevCursor);
  expect(first.pagination).toMatchObject({ prevCursor: null, hasNext: true, nextCursor: there });
  expect(await page(first.pagination.nextCursor)).toEqual(second);
});

test.each(LISTS)('%s: answers an altered cursor with a 400', async (list) => {
  const cursor = await cursorOf(list);
  expect(await answer(list, cursor)).toEqual([200, undefined]);
  for (const token of forgeries(cursor).filter((_token, index) => index % 9 === 0))
    expect([token, ...(await answer(list, token))]).toEqual([token, ...(IN_ALPHABET.test(token) ? REFUSED : MALFORMED)]);
});

test('refuses a cursor of another sort, filter, search or resource, but lets limit, fields and include change', async () => {
  const list = '/v1/products?sort=name';
  const cursor = await cursorOf(list);
  for (const changed of ['', '&limit=7', '&fields=id', '&include=tags', '&total=true'])
    expect([changed, ...(await answer(`${list}${changed}`, cursor))]).toEqual([changed, 200, undefined]);
  const others = [
    '/v1/products?sort=-name',
    '/v1/products?sort=name,price',
    '/v1/products?limit=20',
    ...['&brand=a', '&brand[ne]=a', '&price[gte]=0', '&deleted=with', '&deleted=only', '&q=a', '&tag=a'].map((more) => `${list}${more}`),
    '/v1/categories?sort=name',
    '/v1/tags?sort=name',
    '/v1/roles?sort=name',
  ];
  for (const other of others) expect([other, ...(await answer(other, cursor))]).toEqual([other, ...REFUSED]);
  const filtered = await cursorOf('/v1/products?sort=name&price[gte]=0.01');
  expect(await answer('/v1/products?sort=name&price[gte]=0.10', filtered)).toEqual(REFUSED);
  expect(await answer('/v1/products?sort=name', filtered)).toEqual(REFUSED);
});

test('refuses a cursor of an actor who sees other rows', async () => {
  const list = '/v1/orders?sort=-total';
  const theirs = await cursorOf(list, one.token);
  expect(await answer(list, theirs, one.token)).toEqual([200, undefined]);
  expect(await answer(list, theirs, other.token)).toEqual(REFUSED);
  expect(await answer(list, theirs, admin.token)).toEqual(REFUSED);
  const staffs = await cursorOf('/v1/products?sort=name', admin.token);
  expect(await answer('/v1/products?sort=name', staffs, one.token)).toEqual(REFUSED);
  expect(await answer('/v1/products?sort=name', await cursorOf('/v1/products?sort=name', one.token), other.token)).toEqual([
    200,
    undefined,
  ]);
});

test('refuses a cursor beside a page number, an empty one and one that is too long', async () => {
  const list = '/v1/products?sort=name';
  expect(await answer(`${list}&page=1`, await cursorOf(list))).toEqual([400, 'invalid_parameters']);
  expect(await answer(list, '')).toEqual([400, 'invalid_parameters']);
  expect(await answer(list, 'A'.repeat(4_097))).toEqual([400, 'invalid_parameters']);
});

test('writes cursors of the longest sort keys that are short enough to be sent back', async () => {
  await shop.query(
    `INSERT INTO products (id, name, slug, sku, brand, price, status)
     SELECT uuid_v7(), repeat($1, 199) || n, repeat('s', 219) || n, repeat($1, 63) || n, repeat($1, 119) || n, n, 'active' FROM generate_series(1, 4) n`,
    ['\u{10ffff}'],
  );
  await shop.query(
    `INSERT INTO products (id, name, slug, sku, brand, price, status)
     SELECT uuid_v7(), repeat($1, 199) || n, repeat('c', 219) || n, repeat('"', 63) || n, repeat($1, 119) || n, n, 'active' FROM generate_series(1, 4) n`,
    ['\u0001'],
  );
  for (const sort of ['-name,-brand,-sku,-slug', 'sku,name,brand,slug']) {
    let cursor: string | null = await cursorOf(`/v1/products?sort=${sort}`);
    let pages = 0;
    while (cursor !== null) {
      const { status, body } = await shop.call('get', `/v1/products?sort=${sort}&limit=2&cursor=${cursor}`, { token: admin.token });
      expect(status).toBe(200);
      cursor = body.pagination.nextCursor;
      pages += 1;
    }
    expect(pages).toBeGreaterThan(30);
  }
});

test('links no deeper than numbered pages reach', async () => {
  await shop.query(`INSERT INTO tags (id, name, slug) SELECT uuid_v7(), 'Tag ' || n, 'tag-' || n FROM generate_series(1, 10100) n`);
  const deepest = await shop.call('get', '/v1/tags?limit=100&page=100');
  expect(deepest.body.pagination).toMatchObject({ hasNext: true, totalIsEstimate: true });
  expect(deepest.headers.link).not.toMatch(/rel="(next|last)"/);
  expect((await shop.call('get', '/v1/tags?limit=100&page=101')).body.code).toBe('page_too_deep');
  const before = await shop.call('get', '/v1/tags?limit=100&page=99&total=exact');
  expect(before.headers.link).toMatch(/page=100>; rel="next"/);
  expect(before.body.pagination).toMatchObject({ total: 10_100, pages: 101, totalIsEstimate: false });
});
