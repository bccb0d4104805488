import { type Person, signUp } from '../../factories/people';
import { useShop } from '../../support/use-shop';

const { shop, admin } = useShop({ admin: 'admin' });

const assign = (by: Person, to: Person, body: object) => shop.call('post', `/v1/users/${to.id}/roles`, { token: by.token, body });

test('gives and takes the permissions of a role at once, and none of an expired one', async () => {
  const person = await signUp(shop);
  const createTag = () => shop.call('post', '/v1/tags', { token: person.token, body: { name: `Tag ${Date.now()}` } });
  expect((await createTag()).status).toBe(403);
  expect((await assign(admin, person, { role: 'manager' })).status).toBe(204);
  expect((await createTag()).status).toBe(201);
  expect((await shop.call('delete', `/v1/users/${person.id}/roles/manager`, { token: admin.token })).status).toBe(204);
  expect((await createTag()).status).toBe(403);
  await shop.query(
    "INSERT INTO user_roles (id, user_id, role_id, assigned_at, expires_at) SELECT uuid_v7(), $1::uuid, id, now() - interval '2 days', now() - interval '1 day' FROM roles WHERE name = 'manager'",
    [person.id],
  );
  expect((await createTag()).status).toBe(403);
});

test('refuses to grant what the actor does not hold, and grants nothing', async () => {
  const role = await shop.call('post', '/v1/roles', { token: admin.token, body: { name: 'clerk' } });
  const set = await shop.call('put', `/v1/roles/${role.body.id}/permissions`, {
    token: admin.token,
    body: { permissions: ['roles:assign', 'users:read', 'roles:write'] },
  });
  expect(set.body.permissions).toHaveLength(3);
  const clerk = await signUp(shop);
  await assign(admin, clerk, { role: 'clerk' });
  const permissions = async () => (await shop.call('get', '/v1/me', { token: clerk.token })).body.permissions;
  const before = await permissions();
  expect((await assign(clerk, clerk, { role: 'admin' })).body).toMatchObject({ status: 403, code: 'beyond_own_permissions' });
  const widened = await shop.call('put', `/v1/roles/${role.body.id}/permissions`, { token: clerk.token, body: { permissions: ['*:*'] } });
  expect(widened.body).toMatchObject({ status: 403, code: 'beyond_own_permissions' });
  expect(await permissions()).toEqual(before);
});

test('refuses to revoke, deactivate or delete the last administrator, who keeps every permission', async () => {
  const { token } = admin;
  const attempts = [
    await shop.call('delete', `/v1/users/${admin.id}/roles/admin`, { token }),
    await shop.call('patch', `/v1/users/${admin.id}`, { token, body: { isActive: false } }),
    await shop.call('delete', `/v1/users/${admin.id}`, { token }),
  ];
  for (const { body } of attempts) expect(body).toMatchObject({ status: 409, code: 'last_administrator' });
  expect((await shop.call('get', '/v1/me', { token })).body).toMatchObject({ isActive: true, permissions: ['*:*'] });
});

test('refuses to let the last administrator expire; one who cannot sign in does not count as another', async () => {
  const { id } = admin;
  const expiresAt = new Date(Date.now() + 60_000).toISOString();
  expect((await assign(admin, admin, { role: 'admin', expiresAt })).body).toMatchObject({ status: 409, code: 'last_administrator' });
  const second = await signUp(shop);
  expect((await assign(admin, second, { role: 'admin', expiresAt })).status).toBe(204);
  expect((await shop.call('delete', `/v1/users/${id}/roles/admin`, { token: admin.token })).body.code).toBe('last_administrator');
  expect((await shop.call('patch', `/v1/users/${id}`, { token: second.token, body: { isActive: false } })).body.code).toBe(
    'last_administrator',
  );
  const [kept] = await shop.query('SELECT expires_at FROM user_roles WHERE user_id = $1::uuid AND expires_at IS NULL', [id]);
  expect(kept).toEqual({ expires_at: null });
  await shop.query('UPDATE users SET password_hash = NULL WHERE id = $1::uuid', [second.id]);
  expect((await assign(admin, second, { role: 'admin' })).status).toBe(204);
  expect((await assign(admin, admin, { role: 'admin', expiresAt })).body.code).toBe('last_administrator');
});

test('keeps one of two administrators who make each other temporary at once', async () => {
  const second = await signUp(shop, 'admin');
  for (let round = 0; round < 10; round += 1) {
    const expiresAt = new Date(Date.now() + 3_600_000).toISOString();
    const responses = await Promise.all([
      assign(admin, second, { role: 'admin', expiresAt }),
      assign(second, admin, { role: 'admin', expiresAt }),
    ]);
    expect(responses.map(({ status }) => status).sort()).toEqual([204, 409]);
    for (const person of [admin, second]) expect((await assign(admin, person, { role: 'admin' })).status).toBe(204);
  }
});

test('lets users change their names in a shop that has lost its administrators', async () => {
  const person = await signUp(shop);
  await shop.query('UPDATE user_roles SET is_active = false');
  expect((await shop.call('patch', '/v1/me', { token: person.token, body: { firstName: 'Ana' } })).status).toBe(200);
  await shop.query('UPDATE user_roles SET is_active = true');
});

test('shows customers only themselves', async () => {
  const [one, two] = [await signUp(shop), await signUp(shop)];
  const list = await shop.call('get', '/v1/users', { token: one.token });
  expect(list.body.data.map(({ id }: { id: string }) => id)).toEqual([one.id]);
  for (const path of ['', '/profile', '/roles', '/balance', '/balance/entries']) {
    expect([path, (await shop.call('get', `/v1/users/${two.id}${path}`, { token: one.token })).status]).toEqual([path, 404]);
  }
  expect((await shop.call('patch', `/v1/users/${two.id}/profile`, { token: one.token, body: { bio: 'x' } })).status).toBe(404);
  expect((await shop.call('patch', `/v1/users/${one.id}/profile`, { token: one.token, body: { bio: 'me' } })).body.bio).toBe('me');
});
