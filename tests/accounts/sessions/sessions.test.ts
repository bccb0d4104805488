import { logIn, PASSWORD, signUp } from '../../factories/people';
import { useShop } from '../../support/use-shop';

const { shop } = useShop();

const refresh = (refreshToken: string) => shop.call('post', '/v1/auth/refresh', { body: { refreshToken } });
const me = (token: string) => shop.call('get', '/v1/me', { token });

test('registers user, profile and role together, and never shows the password', async () => {
  const person = await signUp(shop);
  const { body } = await me(person.token);
  expect(body).toMatchObject({
    id: person.id,
    email: person.email,
    balance: '0.00',
    profile: { userId: person.id },
    roles: [{ name: 'customer' }],
    permissions: [],
  });
  expect(JSON.stringify(body)).not.toMatch(/argon2|password/i);
  const twin = { email: person.email.toUpperCase(), username: 'somebody-else', password: PASSWORD, firstName: 'A', lastName: 'B' };
  const refused = await shop.call('post', '/v1/auth/register', { body: twin });
  expect(refused.body).toMatchObject({ status: 409, code: 'value_taken', errors: [{ pointer: '/email' }] });
  expect(await shop.query("SELECT FROM users WHERE username = 'somebody-else'")).toEqual([]);
});

test('gives an unknown email and a wrong password the same response', async () => {
  const person = await signUp(shop);
  const attempts = [
    { email: person.email, password: 'not the password' },
    { email: 'nobody@example.com', password: PASSWORD },
  ];
  const responses = await Promise.all(attempts.map((body) => shop.call('post', '/v1/auth/login', { body })));
  for (const { body } of responses) expect(body).toMatchObject({ status: 401, code: 'invalid_credentials' });
  expect(responses[0]?.body.detail).toBe(responses[1]?.body.detail);
});

test('rotates refresh tokens, and ends the session where an old one is used again', async () => {
  const person = await signUp(shop);
  const second = await refresh(person.refreshToken);
  expect(second.status).toBe(200);
  expect((await refresh(person.refreshToken)).body.code).toBe('invalid_refresh_token');
  expect((await refresh(second.body.refreshToken)).status).toBe(401);
  expect((await me(second.body.accessToken)).status).toBe(401);
});

test('lets at most one of several parallel refreshes with one token pass', async () => {
  const person = await signUp(shop);
  const responses = await Promise.all(Array.from({ length: 5 }, () => refresh(person.refreshToken)));
  expect(responses.filter(({ status }) => status === 200).length).toBeLessThanOrEqual(1);
  const live = await shop.query('SELECT FROM refresh_tokens WHERE user_id = $1::uuid AND revoked_at IS NULL', [person.id]);
  expect(live).toEqual([]);
});

test('ends sessions on log-out, deactivation and deletion', async () => {
  const admin = await signUp(shop, 'admin');
  const person = await signUp(shop);
  expect((await shop.call('post', '/v1/auth/logout', { body: { refreshToken: person.refreshToken } })).status).toBe(204);
  expect((await me(person.token)).status).toBe(401);
  const again = await logIn(shop, person.email);
  await shop.call('patch', `/v1/users/${person.id}`, { token: admin.token, body: { isActive: false } });
  expect((await me(again.token)).status).toBe(401);
  expect((await shop.call('post', '/v1/auth/login', { body: { email: person.email, password: PASSWORD } })).status).toBe(401);
  const deleted = await signUp(shop);
  expect((await shop.call('delete', `/v1/users/${deleted.id}`, { token: admin.token })).status).toBe(204);
  expect((await me(deleted.token)).status).toBe(401);
  expect((await refresh(deleted.refreshToken)).body.code).toBe('invalid_refresh_token');
});

test('refuses an access token with a foreign signature or none', async () => {
  const person = await signUp(shop);
  const [, payload] = person.token.split('.');
  const unsigned = `${Buffer.from('{"alg":"none","typ":"JWT"}').toString('base64url')}.${payload}.`;
  for (const token of ['abc', unsigned, `${person.token}x`]) expect((await me(token)).body.code).toBe('unauthenticated');
});
