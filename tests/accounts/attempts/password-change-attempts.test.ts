import { logIn, PASSWORD, type Person, signUp } from '../../factories/people';
import { useShop } from '../../support/use-shop';

const { shop } = useShop();

const NEXT = 'a quite different phrase';

const change = ({ token }: Pick<Person, 'token'>, currentPassword: string, newPassword = NEXT) =>
  shop.call('put', '/v1/me/password', { token, body: { currentPassword, newPassword } });

test('makes guesses of the current password wait, also the right one, and leaves other sessions alone', async () => {
  const person = await signUp(shop);
  const other = await logIn(shop, person.email);
  const warn = jest.spyOn(shop.log, 'warn');
  for (let n = 1; n <= 10; n += 1) expect((await change(person, 'not the password')).body.code).toBe('wrong_password');
  expect(warn.mock.calls.at(-1)).toEqual(['password change failed', { requestId: expect.any(String), account: person.id, attempts: 10 }]);
  warn.mockRestore();
  await shop.query("UPDATE login_sources SET free_at = free_at + interval '10 minutes' WHERE free_at > updated_at + interval '0.5 s'");
  const refused = await change(person, PASSWORD);
  expect(refused.body).toMatchObject({ status: 429, code: 'too_many_attempts' });
  expect(Number(refused.headers['retry-after'])).toBeGreaterThan(1);
  const { token } = await logIn(shop, person.email);
  expect((await shop.call('get', '/v1/me', { token })).status).toBe(200);
  expect((await change(other, PASSWORD)).status).toBe(204);
});

test('counts thirty guesses at once apart', async () => {
  const person = await signUp(shop);
  const responses = await Promise.all(Array.from({ length: 30 }, () => change(person, 'not the password')));
  const compared = responses.filter(({ status }) => status === 409).length;
  expect(responses.filter(({ status }) => status === 429)).toHaveLength(30 - compared);
  // Ten, and one more for each wait of 1, 2 and 4 seconds that ends meanwhile on a slow machine.
  expect([10, 11, 12, 13]).toContain(compared);
});
