import { recordStatements } from '../../../support/query-recorder';
import { startShop } from '../../../support/shop';
import { useShop } from '../../../support/use-shop';

interface Total {
  readonly total: number;
  readonly totalIsEstimate: boolean;
}

const { shop, buyer, other } = useShop({ buyer: 'customer', other: 'customer' });

beforeAll(async () => {
  await shop.query(`INSERT INTO tags (id, name, slug) SELECT uuid_v7(), 'Tag ' || n, 'tag-' || n FROM generate_series(1, 10100) n`);
  await shop.query(
    `INSERT INTO orders (id, order_number, user_id, status, payment_method, subtotal, shipping, total, placed_at)
     SELECT uuid_v7(), 'N-' || n, $1::uuid, 'pending', 'external', 0, 1, 1, now() FROM generate_series(1, 10100) n`,
    [buyer.id],
  );
});
beforeEach(forgetEstimates);
afterEach(() => jest.restoreAllMocks());

const plainNow = performance.now.bind(performance);
let lateMs = 0;

function letPass(ms: number): void {
  lateMs += ms;
  jest.spyOn(performance, 'now').mockImplementation(() => plainNow() + lateMs);
}

function forgetEstimates(): void {
  letPass(5_001);
}

const ESTIMATED = ['page', 'count', 'estimate'];
const COUNTED = ['page', 'count'];
const REMEMBERED = ['page'];

function kindOf(statement: string): string {
  if (statement.startsWith('EXPLAIN')) return 'estimate';
  return statement.startsWith('SELECT count(*)') ? 'count' : 'page';
}

/** What a list's total is, and the statements it took; who calls is looked up before. */
async function ask(path: string, token?: string): Promise<Total & { statements: string[] }> {
  if (token !== undefined) await shop.call('get', '/v1/me', { token });
  let pagination: Total = { total: -1, totalIsEstimate: false };
  const statements = await recordStatements(async () => {
    pagination = (await shop.call('get', path, { token })).body.pagination;
  });
  return { total: pagination.total, totalIsEstimate: pagination.totalIsEstimate, statements: statements.map(kindOf) };
}

test('caches an estimate for five seconds, during which a list takes one statement', async () => {
  const first = await ask('/v1/tags?total=true');
  expect(first).toMatchObject({ totalIsEstimate: true, statements: ESTIMATED });
  expect(first.total).toBeGreaterThan(10_000);
  letPass(4_000);
  expect(await ask('/v1/tags?total=true')).toEqual({ ...first, statements: REMEMBERED });
  letPass(1_001);
  expect(await ask('/v1/tags?total=true')).toMatchObject({ totalIsEstimate: true, statements: ESTIMATED });
});

test('shares the cached count among all pages, sorts and representations of a list', async () => {
  const { total } = await ask('/v1/tags?total=true');
  const query = 'page=2&limit=50&sort=-name&fields=name';
  expect(await ask(`/v1/tags?${query}`)).toEqual({ total, totalIsEstimate: true, statements: REMEMBERED });
});

test('counts an exact total each time, and does not call it an estimate', async () => {
  const exact = { total: 10_100, totalIsEstimate: false, statements: COUNTED };
  await ask('/v1/tags?total=true');
  expect(await ask('/v1/tags?total=exact')).toEqual(exact);
  expect(await ask('/v1/tags?total=exact')).toEqual(exact);
  forgetEstimates();
  expect(await ask('/v1/tags?total=exact')).toEqual(exact);
  expect(await ask('/v1/tags?total=true')).toMatchObject({ totalIsEstimate: true, statements: ESTIMATED });
});

test('counts a short list each time', async () => {
  const path = '/v1/tags?name[startswith]=Tag 101&total=true';
  for (let time = 0; time < 2; time++) expect(await ask(path)).toEqual({ total: 12, totalIsEstimate: false, statements: COUNTED });
});

test('counts a list of thousands once in five seconds, and calls the cached count an estimate', async () => {
  const path = '/v1/tags?name[startswith]=Tag 1&total=true';
  expect(await ask(path)).toEqual({ total: 1_212, totalIsEstimate: false, statements: COUNTED });
  expect(await ask(path)).toEqual({ total: 1_212, totalIsEstimate: true, statements: REMEMBERED });
  letPass(5_001);
  expect(await ask(path)).toEqual({ total: 1_212, totalIsEstimate: false, statements: COUNTED });
});

test('does not share the cached count among different filters', async () => {
  await ask('/v1/tags?total=true');
  const filtered = '/v1/tags?name[ne]=Tag 1&total=true';
  expect(await ask(filtered)).toMatchObject({ statements: ESTIMATED });
  expect(await ask(filtered)).toMatchObject({ statements: REMEMBERED });
  expect(await ask('/v1/tags?name[ne]=Tag 2&total=true')).toMatchObject({ statements: ESTIMATED });
});

test('does not share the cached count among actors who see different rows', async () => {
  const path = '/v1/orders?total=true';
  expect(await ask(path, buyer.token)).toMatchObject({ totalIsEstimate: true, statements: ESTIMATED });
  expect(await ask(path, buyer.token)).toMatchObject({ totalIsEstimate: true, statements: REMEMBERED });
  expect(await ask(path, other.token)).toEqual({ total: 0, totalIsEstimate: false, statements: COUNTED });
});

test('does not share the cached count among databases', async () => {
  await ask('/v1/tags?total=true');
  const second = await startShop();
  const { body } = await second.call('get', '/v1/tags?total=true');
  await second.close();
  expect(body.pagination).toMatchObject({ total: 0, totalIsEstimate: false });
});
