import { hash } from '@node-rs/argon2';
import { isGuessable } from '../../../src/accounts/passwords/guessable-password';
import { PASSWORD, signUp } from '../../factories/people';
import { useShop } from '../../support/use-shop';

const { shop } = useShop();

let people = 0;

const register = (password: string, values: Record<string, string> = {}) => {
  people += 1;
  const body = { email: `owner${people}@example.com`, username: `owner-of-${people}`, firstName: 'A', lastName: 'B', password, ...values };
  return shop.call('post', '/v1/auth/register', { body });
};
const logIn = (email: string, password: string) => shop.call('post', '/v1/auth/login', { body: { email, password } });
/* 128 characters, half of them emoji. */
const LONGEST = '🐎x7#🔋K📎9🌳v🏔q🐄L🐑m'.repeat(8);
const usersNow = async () => (await shop.query('SELECT FROM users')).length;

test.each([
  ['short', 'Tr0ub4dor', 'too_short'],
  ['five emoji, which are ten code units', '🐎🔋📎🌳🏔', 'too_short'],
  ['eight spaces', '        ', 'too_short'],
  ['twelve spaces', ' '.repeat(12), 'too_guessable'],
  ['a common one', '1q2w3e4r5t', 'too_guessable'],
  ['a common one in capitals', 'QWERTYUIOP', 'too_guessable'],
  ['a common one in full width', 'ｑｗｅｒｔｙｕｉｏｐ', 'too_guessable'],
  ['a common word with digits', 'password12', 'too_guessable'],
  ['a common word with digits and signs', '!!Password1!', 'too_guessable'],
  ['a common word twice', 'passwordpassword', 'too_guessable'],
  ['one character', 'aaaaaaaaaaaa', 'too_guessable'],
  ['a run', 'abcdefghijkl', 'too_guessable'],
  ['digits backwards', '9876543210', 'too_guessable'],
  ['a control character', 'correct\thorse battery', 'wrong_format'],
  ['a character that Unicode does not have', 'correct horse \u0378battery', 'wrong_format'],
  ['129 characters', `${LONGEST}1`, 'too_long'],
  ['a thousand characters', LONGEST.repeat(8), 'too_long'],
])('refuses %s as a password, and registers nobody', async (_, password, code) => {
  const before = await usersNow();
  const refused = await register(password);
  expect(refused.body).toMatchObject({ status: 422, code: 'invalid_body', errors: [{ pointer: '/password', code }] });
  expect(refused.body.errors).toHaveLength(1);
  expect(await usersNow()).toBe(before);
});

test('refuses the email and the username as a password, also with digits, beside every other broken rule', async () => {
  const names = { email: 'trujillo.ana@example.com', username: 'anna-trujillo' };
  for (const password of ['trujillo.ana@example.com', 'Trujillo.Ana1', 'anna-trujillo', 'ANNA-TRUJILLO99'])
    expect((await register(password, names)).body.errors).toMatchObject([{ pointer: '/password', code: 'too_guessable' }]);
  const refused = await register('password12', { username: 'admin', firstName: '' });
  expect(refused.body.errors.map(({ pointer }: { pointer: string }) => pointer).sort()).toEqual(['/firstName', '/password', '/username']);
  const person = await signUp(shop);
  const call = { token: person.token, body: { currentPassword: PASSWORD, newPassword: `${person.email}1` } };
  expect((await shop.call('put', '/v1/me/password', call)).body).toMatchObject({
    status: 422,
    errors: [{ pointer: '/newPassword', code: 'too_guessable' }],
  });
  expect((await logIn(person.email, PASSWORD)).status).toBe(200);
});

test.each(['correct horse battery', 'Łódź w deszczu', 'x7#Kq9!vLm', '🐎🔋📎🌳🏔🐎🔋📎🌳🏔', 'monkey8371629405817263', LONGEST])(
  'accepts %s',
  async (password) => {
    expect(isGuessable(password)).toBe(false);
    const { body, status } = await register(password);
    expect(status).toBe(201);
    expect((await logIn(body.email, password)).status).toBe(200);
  },
);

test('takes a password as the same however a keyboard composes it, and as another where case or width differ', async () => {
  const composed = 'Crème brûlée à gogo'.normalize('NFC');
  const { body } = await register(composed);
  for (const same of [composed.normalize('NFD'), composed.replaceAll(' ', '\u00a0'), composed.replaceAll(' ', '\u3000')])
    expect((await logIn(body.email, same)).status).toBe(200);
  for (const other of [composed.toUpperCase(), `${composed} `, 'Creme brulee a gogo'])
    expect((await logIn(body.email, other)).status).toBe(401);
});

test('lets accounts from before today’s rules sign in', async () => {
  const person = await signUp(shop);
  for (const password of ['password', 'Crème brûlée'.normalize('NFD'), 'tab\there']) {
    const passwordHash = await hash(password);
    await shop.query('UPDATE users SET password_hash = $2 WHERE id = $1::uuid', [person.id, passwordHash]);
    expect((await logIn(person.email, password)).status).toBe(200);
  }
});
