import { type Person, signUp } from '../support/actors';
import { type Shop, startShop } from '../support/shop';

let shop: Shop;
let admin: Person;

beforeAll(async () => {
  shop = await startShop();
  admin = await signUp(shop, 'admin');
});
afterAll(() => shop.close());

const assign = (by: Person, to: Person, body: object) => shop.call('post', `/v1/users/${to.id}/roles`, { token: by.token, body });

test('a role gives and takes its permissions at once; an expired one gives nothing', async () => {
  const person = await signUp(shop);
  const make = () => shop.call('post', '/v1/tags', { token: person.token, body: { name: `Tag ${Date.now()}` } });
  expect((await make()).status).toBe(403);
  expect((await assign(admin, person, { role: 'manager' })).status).toBe(204);
  expect((await make()).status).toBe(201);
  expect((await shop.call('delete', `/v1/users/${person.id}/roles/manager`, { token: admin.token })).status).toBe(204);
  expect((await make()).status).toBe(403);
  await shop.query(
    "INSERT INTO user_roles (id, user_id, role_id, assigned_at, expires_at) SELECT uuid_v7(), $1::uuid, id, now() - interval '2 days', now() - interval '1 day' FROM roles WHERE name = 'manager'",
    [person.id],
  );
  expect((await make()).status).toBe(403);
});

test('nobody grants what they do not hold', async () => {
  const role = await shop.call('post', '/v1/roles', { token: admin.token, body: { name: 'clerk' } });
  const set = await shop.call('put', `/v1/roles/${role.body.id}/permissions`, {
    token: admin.token,
    body: { permissions: ['roles:assign', 'users:read', 'roles:write'] },
  });
  expect(set.body.permissions).toHaveLength(3);
  const clerk = await signUp(shop);
  await assign(admin, clerk, { role: 'clerk' });
  expect((await assign(clerk, clerk, { role: 'admin' })).body).toMatchObject({ status: 403, code: 'beyond_own_permissions' });
  const widened = await shop.call('put', `/v1/roles/${role.body.id}/permissions`, { token: clerk.token, body: { permissions: ['*:*'] } });
  expect(widened.body.code).toBe('beyond_own_permissions');
});

test('the last administrator stays', async () => {
  expect((await shop.call('delete', `/v1/users/${admin.id}/roles/admin`, { token: admin.token })).body.code).toBe('last_administrator');
  expect((await shop.call('patch', `/v1/users/${admin.id}`, { token: admin.token, body: { isActive: false } })).body.code).toBe(
    'last_administrator',
  );
  expect((await shop.call('delete', `/v1/users/${admin.id}`, { token: admin.token })).body.code).toBe('last_administrator');
  expect((await shop.call('get', '/v1/me', { token: admin.token })).status).toBe(200);
});

test('a customer sees only themself', async () => {
  const [one, two] = [await signUp(shop), await signUp(shop)];
  const list = await shop.call('get', '/v1/users', { token: one.token });
  expect(list.body.data.map(({ id }: { id: string }) => id)).toEqual([one.id]);
  for (const path of ['', '/profile', '/roles', '/balance', '/balance/entries']) {
    expect([path, (await shop.call('get', `/v1/users/${two.id}${path}`, { token: one.token })).status]).toEqual([path, 404]);
  }
  expect((await shop.call('patch', `/v1/users/${two.id}/profile`, { token: one.token, body: { bio: 'x' } })).status).toBe(404);
  expect((await shop.call('patch', `/v1/users/${one.id}/profile`, { token: one.token, body: { bio: 'me' } })).body.bio).toBe('me');
});
