import { logIn, PASSWORD, type Person, signUp } from '../../factories/people';
import { useShop } from '../../support/use-shop';

const tries = Array.from({ length: 8 }, (_, index) => index);

const { shop, admin } = useShop({ admin: 'admin' });

const refresh = (refreshToken: string) => shop.call('post', '/v1/auth/refresh', { body: { refreshToken } });
const changePassword = ({ token }: Person, currentPassword: string, newPassword: string) =>
  shop.call('put', '/v1/me/password', { token, body: { currentPassword, newPassword } });
const liveTokens = ({ id }: Person) => shop.query('SELECT id FROM refresh_tokens WHERE user_id = $1::uuid AND revoked_at IS NULL', [id]);

/** Refreshes with the newest token until a refresh is refused. */
async function keepRefreshing(person: Person): Promise<void> {
  let token = person.refreshToken;
  for (;;) {
    const { status, body } = await refresh(token);
    if (status !== 200) return;
    token = String(body.refreshToken);
  }
}

/** Logs in until the first password is refused, so that an attempt is always in flight. */
async function keepLoggingIn({ email }: Person): Promise<void> {
  const body = { email, password: PASSWORD };
  while ((await shop.call('post', '/v1/auth/login', { body })).status === 200);
}

jest.setTimeout(60_000);

test.each(tries)('ends the session of a refresh in flight when the password changes (%i)', async () => {
  const person = await signUp(shop);
  const [changed] = await Promise.all([changePassword(person, PASSWORD, 'another long password'), keepRefreshing(person)]);
  expect(changed.status).toBe(204);
  expect(await liveTokens(person)).toEqual([]);
});

test.each(tries)('ends the session of a refresh in flight when the account is deactivated (%i)', async () => {
  const person = await signUp(shop);
  const deactivate = () => shop.call('patch', `/v1/users/${person.id}`, { token: admin.token, body: { isActive: false } });
  const [deactivated] = await Promise.all([deactivate(), keepRefreshing(person)]);
  expect(deactivated.status).toBe(200);
  expect(await liveTokens(person)).toEqual([]);
});

test.each(tries)('ends the session where an old refresh token, long replaced, and its successor are sent at once (%i)', async () => {
  const person = await signUp(shop);
  const { body } = await refresh(person.refreshToken);
  await shop.query("UPDATE refresh_tokens SET rotated_at = rotated_at - interval '11 seconds'");
  await Promise.all([refresh(person.refreshToken), refresh(String(body.refreshToken))]);
  expect(await liveTokens(person)).toEqual([]);
});

test.each(tries)('ends the session of a log-in with the old password when the password changes (%i)', async () => {
  const person = await signUp(shop);
  const attempts = [1, 2, 3].map(() => keepLoggingIn(person));
  const [changed] = await Promise.all([changePassword(person, PASSWORD, 'another long password'), ...attempts]);
  expect(changed.status).toBe(204);
  expect(await liveTokens(person)).toEqual([]);
});

test('lets many parallel log-ins and refreshes pass', async () => {
  const person = await signUp(shop);
  const sessions = await Promise.all(tries.map(() => logIn(shop, person.email)));
  const responses = await Promise.all(sessions.map(({ refreshToken }) => refresh(refreshToken)));
  expect(responses.map(({ status }) => status)).toEqual(tries.map(() => 200));
});
