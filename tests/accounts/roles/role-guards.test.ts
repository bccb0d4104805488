import { type Person, signUp } from '../../factories/people';
import type { Call, Method } from '../../support/shop';
import { useShop } from '../../support/use-shop';

const { shop, admin } = useShop({ admin: 'admin' });

const by = (person: Person, method: Method, path: string, body?: Call['body']) => shop.call(method, path, { token: person.token, body });

async function idOfRole(name: string): Promise<string> {
  const [role] = await shop.query<{ id: string }>('SELECT id FROM roles WHERE name = $1', [name]);
  return role?.id ?? '';
}

/** Creates a role with these permissions, and returns its id. */
async function createRole(name: string, permissions: readonly string[]): Promise<string> {
  const { body } = await by(admin, 'post', '/v1/roles', { name });
  expect((await by(admin, 'put', `/v1/roles/${body.id}/permissions`, { permissions })).status).toBe(200);
  return String(body.id);
}

async function signUpWith(role: string): Promise<Person> {
  const person = await signUp(shop);
  expect((await by(admin, 'post', `/v1/users/${person.id}/roles`, { role })).status).toBe(204);
  return person;
}

const rolesNow = () =>
  shop.query('SELECT r.name, r.deleted_at, p.resource, p.action FROM roles r LEFT JOIN permissions p ON p.role_id = r.id ORDER BY 1, 3, 4');

test.each(['admin', 'manager', 'support', 'customer', 'auditor'])(
  'refuses to rename or delete the built-in role %s, even for an administrator',
  async (name) => {
    const path = `/v1/roles/${await idOfRole(name)}`;
    const before = await rolesNow();
    expect((await by(admin, 'patch', path, { name: 'renamed' })).body).toMatchObject({ status: 409, code: 'built_in_role' });
    expect((await by(admin, 'delete', path)).body).toMatchObject({ status: 409, code: 'built_in_role' });
    expect((await by(admin, 'delete', `${path}?force=true`)).body).toMatchObject({ status: 409, code: 'built_in_role' });
    expect(await rolesNow()).toEqual(before);
    expect((await by(admin, 'patch', path, { name, description: 'As before.' })).status).toBe(200);
  },
);

test('refuses to change, delete, restore or revoke a role that grants more than the actor holds, and leaves it unchanged', async () => {
  await createRole('role-keeper', ['roles:write', 'roles:read', 'roles:assign', 'roles:restore', 'users:read']);
  const keeper = await signUpWith('role-keeper');
  const strong = await createRole('strong', ['*:*']);
  const holder = await signUpWith('strong');
  const before = await rolesNow();
  for (const attempt of [
    by(keeper, 'patch', `/v1/roles/${strong}`, { name: 'weak' }),
    by(keeper, 'put', `/v1/roles/${strong}/permissions`, { permissions: [] }),
    by(keeper, 'put', `/v1/roles/${await idOfRole('admin')}/permissions`, { permissions: [] }),
    by(keeper, 'delete', `/v1/roles/${strong}`),
    by(keeper, 'delete', `/v1/users/${holder.id}/roles/strong`),
  ])
    expect((await attempt).body).toMatchObject({ status: 403, code: 'beyond_own_permissions' });
  expect(await rolesNow()).toEqual(before);
  expect((await by(holder, 'get', '/v1/me')).body.permissions).toEqual(['*:*']);

  expect((await by(admin, 'delete', `/v1/roles/${strong}`)).status).toBe(204);
  expect((await by(keeper, 'post', `/v1/roles/${strong}/restore`)).body.code).toBe('beyond_own_permissions');
  expect((await by(holder, 'get', '/v1/me')).body.permissions).toEqual([]);
  expect((await by(admin, 'post', `/v1/roles/${strong}/restore`)).status).toBe(200);
});

test('refuses to change, delete or restore the account of a more powerful user, and leaves it unchanged', async () => {
  await createRole('user-keeper', ['users:read', 'users:write', 'users:restore', 'roles:assign']);
  const [keeper, boss, customer] = [await signUpWith('user-keeper'), await signUpWith('admin'), await signUp(shop)];
  for (const body of [{ email: 'taken-over@example.com' }, { isActive: false }])
    expect((await by(keeper, 'patch', `/v1/users/${boss.id}`, body)).body).toMatchObject({ status: 403, code: 'beyond_own_permissions' });
  const old = { token: keeper.token, headers: { 'If-Match': '"99"' } };
  for (const refused of [
    await by(keeper, 'delete', `/v1/users/${boss.id}`),
    await by(keeper, 'patch', `/v1/users/${boss.id}/profile`, { displayName: 'Defaced' }),
    await by(keeper, 'post', `/v1/users/${boss.id}/roles`, { role: 'customer' }),
    await by(keeper, 'delete', `/v1/users/${boss.id}/roles/customer`),
    await shop.call('patch', `/v1/users/${boss.id}`, { ...old, body: { isActive: false } }),
    await shop.call('delete', `/v1/users/${boss.id}`, old),
  ])
    expect(refused.body).toMatchObject({ status: 403, code: 'beyond_own_permissions' });
  expect((await by(boss, 'get', '/v1/me')).body).toMatchObject({
    profile: { displayName: null },
    roles: [{ name: 'admin' }, { name: 'customer' }],
  });
  expect((await by(boss, 'get', '/v1/me')).body).toMatchObject({ email: boss.email, isActive: true, permissions: ['*:*'] });
  expect((await by(admin, 'delete', `/v1/users/${boss.id}`)).status).toBe(204);
  expect((await by(keeper, 'post', `/v1/users/${boss.id}/restore`)).body.code).toBe('beyond_own_permissions');
  expect((await by(admin, 'get', `/v1/users/${boss.id}`)).status).toBe(404);

  expect((await by(keeper, 'patch', `/v1/users/${customer.id}/profile`, { displayName: 'Known' })).status).toBe(200);
  expect((await by(keeper, 'patch', `/v1/users/${customer.id}`, { isActive: false })).status).toBe(200);
  expect((await by(keeper, 'patch', '/v1/me', { firstName: 'Own' })).status).toBe(200);
});
