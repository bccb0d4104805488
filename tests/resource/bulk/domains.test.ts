import { signUp } from '../../factories/people';
import { useShop } from '../../support/use-shop';

const { shop, admin, manager, auditor } = useShop({ admin: 'admin', manager: 'manager', auditor: 'auditor' });

const bulk = (resource: string, operations: readonly object[], { token = admin.token, atomic = false } = {}) =>
  shop.call('post', `/v1/${resource}/bulk`, { token, body: { atomic, operations } });
const codes = ({ body }: { body: { results: { status: number; problem?: { code: string } }[] } }) =>
  body.results.map(({ status, problem }) => problem?.code ?? status);

test('closes accounts with their sessions, but not those that are refused', async () => {
  const [closed, refused] = [await signUp(shop), await signUp(shop)];
  const reply = await bulk('users', [
    { op: 'update', id: closed.id, data: { isActive: false } },
    { op: 'update', id: refused.id, data: { isActive: false, email: admin.email } },
  ]);
  expect(codes(reply)).toEqual([200, 'value_taken']);
  expect((await shop.call('get', '/v1/me', { token: closed.token })).status).toBe(401);
  expect((await shop.call('get', '/v1/me', { token: refused.token })).status).toBe(200);
  const open = await shop.query('SELECT user_id FROM refresh_tokens WHERE revoked_at IS NULL AND user_id = ANY ($1::uuid[])', [
    [closed.id, refused.id],
  ]);
  expect(open).toEqual([{ user_id: refused.id }]);
});

test('keeps the last administrator, and lets nobody create users with passwords in bulk', async () => {
  const customer = await signUp(shop);
  const operations = [
    { op: 'delete', id: admin.id },
    { op: 'delete', id: customer.id },
  ];
  expect(codes(await bulk('users', operations))).toEqual(['last_administrator', 204]);
  const { status, body } = await bulk('users', [{ op: 'create', data: {} }]);
  expect([status, body.errors[0].pointer]).toEqual([422, '/operations/0/op']);
});

test('keeps built-in roles and the grants beyond one’s own', async () => {
  const roles = await shop.query<{ id: string; name: string }>('SELECT id, name FROM roles');
  const idOf = (name: string) => roles.find((role) => role.name === name)?.id;
  const made = await bulk('roles', [{ op: 'create', data: { name: 'packer' } }]);
  const operations = [
    { op: 'delete', id: idOf('support') },
    { op: 'update', id: idOf('customer'), data: { name: 'buyer' } },
    { op: 'update', id: made.body.results[0].id, data: { name: 'sender' } },
  ];
  expect(codes(await bulk('roles', operations))).toEqual(['built_in_role', 'built_in_role', 200]);
  await shop.query(
    `INSERT INTO permissions (id, role_id, resource, action) SELECT uuid_v7(), $1::uuid, 'roles', 'write' UNION ALL SELECT uuid_v7(), $1::uuid, 'users', action FROM unnest(ARRAY['read', 'write']) action`,
    [made.body.results[0].id],
  );
  const clerk = await signUp(shop);
  await shop.query('INSERT INTO user_roles (id, user_id, role_id) SELECT uuid_v7(), $1::uuid, $2::uuid', [
    clerk.id,
    made.body.results[0].id,
  ]);
  const asClerk = await bulk('users', [{ op: 'update', id: manager.id, data: { lastName: 'Taken over' } }], clerk);
  expect(codes(asClerk)).toEqual(['beyond_own_permissions']);
});

test('asks for the permission of each kind of operation', async () => {
  const made = await bulk('tags', [{ op: 'create', data: { name: 'Permitted' } }]);
  const [{ id }] = made.body.results;
  const refused = await bulk('tags', [{ op: 'delete', id }], auditor);
  expect([refused.status, refused.body.code]).toEqual([403, 'forbidden']);
  const writer = await signUp(shop);
  await shop.query(
    `WITH role AS (INSERT INTO roles (id, name) VALUES (uuid_v7(), 'tagger') RETURNING id),
     permission AS (INSERT INTO permissions (id, role_id, resource, action) SELECT uuid_v7(), id, 'tags', 'write' FROM role)
     INSERT INTO user_roles (id, user_id, role_id) SELECT uuid_v7(), $1::uuid, id FROM role`,
    [writer.id],
  );
  const { token } = await shop
    .call('post', '/v1/auth/login', { body: { email: writer.email, password: 'correct horse battery' } })
    .then(({ body }) => ({ token: String(body.accessToken) }));
  expect(codes(await bulk('tags', [{ op: 'delete', id }], { token }))).toEqual([204]);
  const restoring = await bulk(
    'tags',
    [
      { op: 'create', data: { name: 'Not made' } },
      { op: 'restore', id },
    ],
    { token },
  );
  expect([restoring.status, restoring.body.code]).toEqual([403, 'forbidden']);
  expect(await shop.query(`SELECT name FROM tags WHERE name = 'Not made' OR deleted_at IS NULL`)).toEqual([]);
});

test('refuses a body beyond its own limit, which is larger than that of other requests', async () => {
  const padded = (bytes: number) => [{ op: 'create', data: { name: 'Large', unheardOf: 'x'.repeat(bytes) } }];
  expect(codes(await bulk('tags', padded(2_000_000)))).toEqual(['invalid_body']);
  expect((await bulk('tags', padded(5_000_000))).status).toBe(413);
});
