import { isOpen } from '../../src/context/permission';
import type { Endpoint } from '../../src/http/endpoint';
import { isWrite } from '../../src/http/endpoint';
import { allRouters } from '../../src/routes';
import { emptyComponents } from '../../src/schema/json-schema/components';
import { jsonSchema } from '../../src/schema/json-schema/json-schema';
import { logIn, PASSWORD, signUp } from '../factories/people';
import { startShop } from '../support/shop';
import { useShop } from '../support/use-shop';

const { shop } = useShop();

let keys = 0;
const newKey = () => `key-of-a-session-${String(++keys).padStart(4, '0')}`;
const send = (path: string, key: string, body: object, from = shop) =>
  from.call('post', `/v1/auth/${path}`, { body, headers: { 'Idempotency-Key': key } });
const names = { password: PASSWORD, firstName: 'Test', lastName: 'Person' };

test('registers once, and keeps the keys of two emails apart', async () => {
  const [key, ana, bob] = [
    newKey(),
    { email: 'ana@example.com', username: 'ana-k', ...names },
    { email: 'bob@example.com', username: 'bob-k', ...names },
  ];
  const [first, again] = [await send('register', key, ana), await send('register', key, ana)];
  expect([first.status, again.status, again.text]).toEqual([201, 201, first.text]);
  expect((await send('register', key, bob)).status).toBe(201);
  expect((await send('register', key, { ...ana, username: 'ana-2' })).body).toMatchObject({ status: 422, code: 'idempotency_key_reused' });
  expect(await shop.query(`SELECT email FROM users WHERE username LIKE '%-k' ORDER BY 1`)).toEqual([
    { email: ana.email },
    { email: bob.email },
  ]);
});

test('signs in once, and keeps the tokens so that the table alone does not tell them', async () => {
  const [{ email }, key] = [await signUp(shop), newKey()];
  const [first, again] = [await send('login', key, { email, password: PASSWORD }), await send('login', key, { email, password: PASSWORD })];
  expect([again.text, again.headers['idempotency-replayed']]).toEqual([first.text, 'true']);
  const kept = await shop.query<{ body: Buffer; headers: object }>(
    'SELECT body, headers FROM idempotency_keys WHERE is_encrypted ORDER BY created_at DESC LIMIT 1',
  );
  const text = JSON.stringify(kept) + String(kept[0]?.body);
  expect(kept).toHaveLength(1);
  for (const secret of [first.body.accessToken, first.body.refreshToken, key]) expect(text).not.toContain(secret);
});

test('exchanges a refresh token once, and ends a session once', async () => {
  const { email } = await signUp(shop);
  const { refreshToken } = await logIn(shop, email);
  const key = newKey();
  const [first, again] = [await send('refresh', key, { refreshToken }), await send('refresh', key, { refreshToken })];
  expect([first.status, again.text]).toEqual([200, first.text]);
  const end = newKey();
  const ended = [await send('logout', end, first.body), await send('logout', end, first.body)];
  expect(ended.map(({ status }) => status)).toEqual([422, 422]);
  const body = { refreshToken: first.body.refreshToken };
  expect([(await send('logout', end, body)).status, (await send('logout', end, body)).status]).toEqual([204, 204]);
});

test('keeps no refused sign-in: the right password is tried under the same key', async () => {
  const [{ email }, key] = [await signUp(shop), newKey()];
  expect((await send('login', key, { email, password: 'wrong horse battery' })).status).toBe(401);
  expect((await send('login', key, { email, password: PASSWORD })).status).toBe(200);
});

test('changes a password once, and sends its response again', async () => {
  const [{ email, token }, key] = [await signUp(shop), newKey()];
  const body = { currentPassword: PASSWORD, newPassword: 'battery horse correct' };
  const change = (from: string) => shop.call('put', '/v1/me/password', { token: from, body, headers: { 'Idempotency-Key': key } });
  expect((await change(token)).status).toBe(204);
  const signedIn = await shop.call('post', '/v1/auth/login', { body: { email, password: body.newPassword } });
  const again = await change(String(signedIn.body.accessToken));
  expect([again.status, again.headers['idempotency-replayed']]).toEqual([204, 'true']);
});

test('does nothing where tokens can no longer be decrypted', async () => {
  const [{ email }, key] = [await signUp(shop), newKey()];
  await send('login', key, { email, password: PASSWORD });
  const other = await startShop({ DATABASE_URL: shop.env.DATABASE_URL, JWT_SECRET: 'aOr/SuuisSsEJk0n1/ij4fUUmcLk0rWNvgqsk+e/Z9KN69ZI' });
  try {
    expect((await send('login', key, { email, password: PASSWORD }, other)).body).toMatchObject({ status: 503, code: 'unavailable' });
  } finally {
    await other.close();
  }
});

test('encrypts what is kept of every reply that shows a secret', () => {
  const shows = ({ responses }: Endpoint) =>
    Object.values(responses).some(({ schema }) => {
      const components = emptyComponents();
      const shown = schema ? jsonSchema(schema(), 'output', components) : {};
      return /"(secret|accessToken|refreshToken)":/.test(JSON.stringify([shown, ...components.schemas.values()]));
    });
  const writes = allRouters({ draining: false }).flatMap(({ endpoints }) => endpoints.filter(isWrite));
  const showing = writes.filter(shows);
  expect(showing.length).toBeGreaterThanOrEqual(4);
  expect(showing.filter(({ repliesWithSecret }) => !repliesWithSecret).map(({ operationId }) => operationId)).toEqual([]);
});

test('knows whose the keys are for every write that anybody may call', () => {
  const writes = allRouters({ draining: false }).flatMap(({ endpoints }) =>
    endpoints.filter((endpoint) => isWrite(endpoint) && isOpen(endpoint.access)),
  );
  expect(writes.filter(({ anonymousClient }) => !anonymousClient).map(({ operationId }) => operationId)).toEqual([]);
});
