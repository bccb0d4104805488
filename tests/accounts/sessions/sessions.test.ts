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

/** Moves every rotation so long into the past. */
const age = (seconds: number) => shop.query(`UPDATE refresh_tokens SET rotated_at = rotated_at - interval '${seconds} seconds'`);

test('rotates refresh tokens, and ends the session where an old one is used again more than ten seconds later', async () => {
  const person = await signUp(shop);
  const second = await refresh(person.refreshToken);
  expect(second.status).toBe(200);
  expect(second.body.refreshToken).not.toBe(person.refreshToken);
  await age(11);
  expect((await refresh(person.refreshToken)).body.code).toBe('invalid_refresh_token');
  expect((await refresh(second.body.refreshToken)).status).toBe(401);
  expect((await me(second.body.accessToken)).status).toBe(401);
});

test('returns the same pair again within ten seconds, to a client that lost the response, also after the next rotation', async () => {
  const person = await signUp(shop);
  const first = await refresh(person.refreshToken);
  await age(8);
  const again = await refresh(person.refreshToken);
  expect(again.status).toBe(200);
  expect([again.body.accessToken, again.body.refreshToken]).toEqual([first.body.accessToken, first.body.refreshToken]);
  const next = await refresh(first.body.refreshToken);
  expect((await refresh(person.refreshToken)).body.refreshToken).toBe(first.body.refreshToken);
  expect((await refresh(next.body.refreshToken)).status).toBe(200);
  expect((await me(again.body.accessToken)).status).toBe(200);
});

test('gives twenty refreshes at once with one token the same pair, and the session lives', async () => {
  const person = await signUp(shop);
  const responses = await Promise.all(Array.from({ length: 20 }, () => refresh(person.refreshToken)));
  expect(responses.map(({ status }) => status)).toEqual(Array(20).fill(200));
  expect(new Set(responses.map(({ body }) => `${body.accessToken} ${body.refreshToken}`)).size).toBe(1);
  expect(await shop.query('SELECT FROM refresh_tokens WHERE user_id = $1::uuid', [person.id])).toHaveLength(2);
  expect((await refresh(responses[0]?.body.refreshToken)).status).toBe(200);
});

test('repeats no pair of a session that has ended', async () => {
  const person = await signUp(shop);
  const { body } = await refresh(person.refreshToken);
  await shop.call('post', '/v1/auth/logout', { body: { refreshToken: body.refreshToken } });
  expect((await refresh(person.refreshToken)).body.code).toBe('invalid_refresh_token');
});

test('stores no refresh token in clear', async () => {
  const person = await signUp(shop);
  const { body } = await refresh(person.refreshToken);
  const stored = JSON.stringify(await shop.query('SELECT * FROM refresh_tokens'));
  for (const token of [person.refreshToken, body.refreshToken]) expect(stored).not.toContain(token);
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
