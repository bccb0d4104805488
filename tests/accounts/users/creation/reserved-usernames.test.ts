import { PASSWORD, signUp } from '../../../factories/people';
import { useShop } from '../../../support/use-shop';

const { shop, admin } = useShop({ admin: 'admin' });

const RESERVED = { status: 422, code: 'invalid_body', errors: [{ pointer: '/username', code: 'reserved' }] };

test.each(['admin', 'ADMIN', 'Ad.min', 'root', 'support', 'system', 'no-reply', 'storekeeper'])(
  'gives nobody the username %s',
  async (username) => {
    const person = await signUp(shop);
    const newUser = { email: `${username}@example.org`, username, password: PASSWORD, firstName: 'A', lastName: 'B' };
    for (const refused of [
      await shop.call('post', '/v1/auth/register', { body: newUser }),
      await shop.call('post', '/v1/users', { token: admin.token, body: newUser }),
      await shop.call('patch', '/v1/me', { token: person.token, body: { username } }),
      await shop.call('patch', `/v1/users/${person.id}`, { token: admin.token, body: { username } }),
    ])
      expect(refused.body).toMatchObject(RESERVED);
    expect(await shop.query('SELECT FROM users WHERE lower(username) = lower($1)', [username])).toEqual([]);
  },
);

test('leaves a user alone who has such a name already, and finds them', async () => {
  const person = await signUp(shop);
  await shop.query("UPDATE users SET username = 'helpdesk' WHERE id = $1::uuid", [person.id]);
  const patched = await shop.call('patch', '/v1/me', { token: person.token, body: { username: 'helpdesk', firstName: 'Ana' } });
  expect(patched.body).toMatchObject({ username: 'helpdesk', firstName: 'Ana' });
  expect((await shop.call('get', '/v1/users?username=helpdesk', { token: admin.token })).body.data).toHaveLength(1);
});
