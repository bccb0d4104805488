import { clientNetwork } from '../../src/http/request/client-address';
import { allRouters } from '../../src/routes';
import type { Method } from '../support/shop';
import { useShop } from '../support/use-shop';

const PER_MINUTE = 250;
const { shop } = useShop({}, { RATE_LIMIT: String(PER_MINUTE), TRUST_PROXY: '1' });

let client = 0;
/** Returns the headers of a client whose address nobody had before. */
const newClient = () => ({ 'X-Forwarded-For': `192.0.2.${++client}` });
const read = (path: string, headers: Record<string, string>) => shop.call('get', path, { headers });
const left = ({ headers }: { headers: Record<string, string> }, name = 'general') =>
  Number(new RegExp(`"${name}"; r=(\\d+)`).exec(headers.ratelimit ?? '')?.[1]);

test.each([
  ['/v1/products', 1],
  ['/v1/nowhere', 1],
  ['/v1/products?limit=100', 1],
  ['/v1/products?total=true', 1],
  ['/v1/products?q=tea', 10],
  ['/v1/products?name[contains]=tea', 10],
  ['/v1/products?page=50&limit=100', 6],
  ['/v1/products?total=exact', 100],
  ['/v1/products?q=-zzzz&total=exact', 109],
  ['/v1/categories/tree', 10],
  ['/v1/categories/tree?depth=100', 10],
])('%s takes %i points of the client’s limit', async (path, points) => {
  const answer = await shop.call('get', path, { headers: newClient(), isUndocumented: path === '/v1/nowhere' });
  expect(left(answer)).toBe(PER_MINUTE - points);
  expect(answer.headers['ratelimit-policy']).toBe(`"general"; q=${PER_MINUTE}; w=60`);
});

test('refuses the third slow search of a client, tells when to come again, and serves others', async () => {
  const headers = newClient();
  const search = () => read('/v1/products?q=-zzzz&total=exact', headers);
  expect([(await search()).status, (await search()).status]).toEqual([200, 200]);
  const refused = await search();
  expect(refused.body).toMatchObject({ status: 429, code: 'rate_limited' });
  expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
  expect((await read('/v1/products', newClient())).status).toBe(200);
});

test('a refused search uses up one point, so that plain requests are still answered', async () => {
  const headers = newClient();
  const search = () => read('/v1/products?q=-zzzz&total=exact', headers);
  for (const expected of [200, 200, 429, 429]) expect((await search()).status).toBe(expected);
  const plain = await read('/v1/products', headers);
  expect([plain.status, left(plain)]).toEqual([200, PER_MINUTE - 2 * 109 - 2 - 1]);
});

const strict = allRouters({ draining: false }).flatMap(({ prefix, endpoints }) =>
  endpoints.flatMap(({ method, path, rateLimit }): [string, Method][] => (rateLimit === 'strict' ? [[`${prefix}${path}`, method]] : [])),
);

test('limits every endpoint that takes a password or a refresh token strictly', () => {
  expect(strict.map(([path]) => path).sort()).toEqual([
    '/v1/auth/login',
    '/v1/auth/logout',
    '/v1/auth/refresh',
    '/v1/auth/register',
    '/v1/me/password',
  ]);
});

test.each(strict)('refuses %s beyond a twentieth of the limit, whatever port the proxy reports', async (path, method) => {
  const network = 100 + strict.findIndex(([other]) => other === path);
  const send = async (address: string) => {
    const call = { body: {}, headers: { 'X-Forwarded-For': address } };
    return (await shop.call(method, path, call)).status;
  };
  const unlimited = await send(`198.51.${network}.8`);
  expect([401, 422]).toContain(unlimited);
  const statuses: number[] = [];
  for (let port = 1; port <= 13; port++) statuses.push(await send(`198.51.${network}.7:${port}`));
  expect(statuses).toEqual([...Array(12).fill(unlimited), 429]);
  expect(await send(`198.51.${network}.7`)).toBe(429);
  expect(await send(`198.51.${network}.9`)).toBe(unlimited);
});

test.each([
  ['203.0.113.9', ['203.0.113.9:1', '203.0.113.9:65535', '::ffff:203.0.113.9', '[::ffff:203.0.113.9]:80', '198.51.100.1, 203.0.113.9']],
  ['2001:db8:0:ff00::1', ['[2001:db8:0:ff00::1]:443', '[2001:db8:0:ff00::1]', '2001:DB8:0:FFFF:1:2:3:4', '2001:db8:0:ff01::']],
  ['unknown', ['_hidden', '300.1.1.1', '', '127.0.0.1']],
])('counts %s and its other spellings as one client', async (first, others) => {
  const { headers } = await read('/v1/products', { 'X-Forwarded-For': first });
  for (const [index, address] of others.entries()) {
    expect([address, left(await read('/v1/products', { 'X-Forwarded-For': address }))]).toEqual([address, left({ headers }) - index - 1]);
  }
});

test('every list that can count or search says what it costs', () => {
  const lists = allRouters({ draining: false }).flatMap(({ endpoints }) => endpoints.filter(({ query }) => query?.total ?? query?.q));
  expect(lists.length).toBeGreaterThan(10);
  expect(lists.filter(({ cost }) => cost === undefined).map(({ operationId }) => operationId)).toEqual([]);
});

test('tells networks apart', () => {
  expect(clientNetwork('2001:db8:0:fe00::1')).not.toBe(clientNetwork('2001:db8:0:ff00::1'));
  expect(clientNetwork('203.0.113.9')).not.toBe(clientNetwork('203.0.113.10'));
});

test('never limits the health endpoints', async () => {
  const headers = newClient();
  for (let sent = 0; sent <= PER_MINUTE; sent++) await shop.call('get', '/health/live', { headers });
  expect((await read('/health/live', headers)).status).toBe(200);
  expect(left(await read('/v1/products', headers))).toBe(PER_MINUTE - 1);
});

test('takes a point for the token of a health request, which the database looks up, and none without one', async () => {
  const headers = newClient();
  expect((await read('/health', headers)).headers).not.toHaveProperty('ratelimit');
  const withToken = await read('/health', { ...headers, Authorization: 'Bearer nobodys.own.token' });
  expect([withToken.status, left(withToken)]).toEqual([401, PER_MINUTE - 1]);
});
