import { Client } from 'pg';
import { createTestDatabase, type TestDatabase } from '../support/database';
import { SERVER } from '../support/run-node';
import { ProjectProcess } from './support/project-process';

jest.setTimeout(90_000);

const HOUR_MS = 3_600_000;
const CREDENTIALS = { email: 'admin@storekeeper.example', password: 'a-pass-phrase-for-tests' };
const SHIFTED = ['--require', './tests/startup/support/shift-clock.cjs', ...SERVER];

let database: TestDatabase;
let shop: ProjectProcess | undefined;

beforeEach(async () => {
  database = await createTestDatabase();
});
afterEach(async () => {
  await shop?.stop('SIGKILL');
  await database.drop();
});

interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Readonly<Record<string, string>>;
}

function client(api: string, token?: string) {
  return async (method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Reply> => {
    const response = await fetch(`${api}${path}`, {
      method,
      headers: { 'Content-Type': 'application/json', ...(token !== undefined && { Authorization: `Bearer ${token}` }), ...headers },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, headers: response.headers, body: text === '' ? {} : (JSON.parse(text) as Record<string, string>) };
  };
}

async function databaseTime(): Promise<number> {
  const connection = new Client({ connectionString: database.url });
  await connection.connect();
  const { rows } = await connection.query<{ now: Date }>('SELECT clock_timestamp() AS now');
  await connection.end();
  return rows[0]?.now.getTime() ?? 0;
}

test.each([
  ['two hours ahead', 2 * HOUR_MS],
  ['two hours behind', -2 * HOUR_MS],
])('a process whose clock is %s refuses nobody, and all times are of the database', async (_name, shiftMs) => {
  const before = await databaseTime();
  const settings = { DATABASE_URL: database.url, ADMIN_PASSWORD: CREDENTIALS.password, CLOCK_SHIFT_MS: String(shiftMs) };
  shop = new ProjectProcess({ ...settings, REFRESH_TOKEN_TTL_S: '600' }, SHIFTED);
  const api = `${await shop.address()}/v1`;

  const login = await client(api)('POST', '/auth/login', CREDENTIALS);
  expect(login).toMatchObject({ status: 200, body: { expiresIn: 900 } });
  const first = await client(api)('POST', '/auth/refresh', { refreshToken: login.body.refreshToken });
  const again = await client(api)('POST', '/auth/refresh', { refreshToken: login.body.refreshToken });
  expect([first.status, again.status]).toEqual([200, 200]);
  expect(again.body.refreshToken).toBe(first.body.refreshToken);
  expect(Number(again.body.expiresIn)).toBeGreaterThan(880);
  const claims = JSON.parse(Buffer.from(String(first.body.accessToken).split('.')[1] ?? '', 'base64url').toString()) as { exp: number };

  const call = client(api, first.body.accessToken);
  const me = await call('GET', '/me');
  const expiresAt = new Date(before + HOUR_MS).toISOString();
  expect((await call('POST', `/users/${me.body.id}/roles`, { role: 'support', expiresAt })).status).toBeLessThan(300);
  const product = await call('POST', '/products', { name: 'Chai', sku: 'C-1', price: '2.00', stockQuantity: 5, status: 'active' });
  const items = [{ productId: product.body.id, quantity: 1 }];
  const buyer = { email: 'buyer@example.com', password: CREDENTIALS.password };
  await client(api)('POST', '/auth/register', { ...buyer, username: 'buyer', firstName: 'Test', lastName: 'Buyer' });
  const { accessToken } = (await client(api)('POST', '/auth/login', buyer)).body;
  const order = await client(api, accessToken)('POST', '/orders', { items, paymentMethod: 'external' });
  expect([product.status, order.status]).toEqual([201, 201]);
  const paid = await call('POST', `/orders/${order.body.id}/pay`);
  const after = await databaseTime();

  const times = [
    me.body.createdAt,
    product.body.createdAt,
    product.body.updatedAt,
    order.body.placedAt,
    order.body.createdAt,
    paid.body.paidAt,
  ];
  for (const time of times) expect([before - 1 <= Date.parse(String(time)), Date.parse(String(time)) <= after + 1]).toEqual([true, true]);
  expect(Date.parse(String(order.body.placedAt))).toBeLessThanOrEqual(Date.parse(String(order.body.createdAt)));
  expect(String(order.body.orderNumber)).toContain(String(order.body.placedAt).slice(2, 10).replaceAll('-', ''));
  expect(claims.exp * 1000).toBeGreaterThan(before + 890_000);
  expect(claims.exp * 1000).toBeLessThan(after + 901_000);
});

test('an access token expires by the time of the database', async () => {
  const settings = { DATABASE_URL: database.url, ADMIN_PASSWORD: CREDENTIALS.password };
  shop = new ProjectProcess({ ...settings, ACCESS_TOKEN_TTL_S: '30', CLOCK_SHIFT_MS: String(-2 * HOUR_MS) }, SHIFTED);
  const api = `${await shop.address()}/v1`;
  const { body } = await client(api)('POST', '/auth/login', CREDENTIALS);
  expect((await client(api, body.accessToken)('GET', '/me')).status).toBe(200);
  expect(body.expiresIn).toBe(30);
});
