import type { Response } from 'supertest';
import { makeProduct } from '../factories/products';
import { plant, plantedIn, plantedValues } from '../support/privacy/planted-values';
import { placesOfPlantedValues } from '../support/privacy/private-places';
import type { Call, Method } from '../support/shop';
import { useShop } from '../support/use-shop';

const { shop, stranger, manager, auditor, admin } = useShop({
  stranger: 'customer',
  manager: 'manager',
  auditor: 'auditor',
  admin: 'admin',
});

const ANA = {
  email: plant('Ana.Planted@mail.example'),
  username: plant('ana-planted-name'),
  password: plant('planted: a first pass phrase'),
  firstName: plant('Planted-Ana'),
  lastName: plant('Planted-Trujillo'),
};
const PROFILE = {
  displayName: plant('Planted display'),
  bio: plant('Planted life "story"'),
  avatarUrl: plant('https://pictures.example/planted.png'),
  phone: plant('+47 5550123'),
  birthDate: plant('1971-03-07'),
  address: { line1: plant('Planted street 7'), city: plant('Plantedville') },
};
const NEXT = {
  password: plant('planted: a second pass phrase'),
  firstName: plant('Planted-Anita'),
  email: plant('Anita.Planted@mail.example'),
};
const WRONG = plant('planted: a wrong pass phrase');
const ORDER = { shippingAddress: { line1: plant('Planted alley 9'), postcode: plant('PL-4711') }, note: plant('Planted: ring twice') };

const problems: string[] = [];

async function call(method: Method, path: string, given: Call = {}): Promise<Response> {
  const response = await shop.call(method, path, given);
  if (response.status >= 400) problems.push(JSON.stringify(response.body));
  return response;
}

test('twenty personal and secret values of a customer are found only where they belong', async () => {
  const productId = await makeProduct(shop, manager);
  const registered = await call('post', '/v1/auth/register', { body: ANA, headers: { 'Idempotency-Key': 'a-key-of-planted-values' } });
  expect(registered.status).toBe(201);
  const { id } = registered.body as { id: string };
  const signedIn = await call('post', '/v1/auth/login', { body: { email: ANA.email, password: ANA.password } });
  const token = plant(signedIn.body.accessToken);
  plant(signedIn.body.refreshToken);
  expect((await call('patch', `/v1/users/${id}/profile`, { token, body: PROFILE })).status).toBe(200);
  const order = await call('post', '/v1/orders', {
    token,
    body: { items: [{ productId, quantity: 1 }], paymentMethod: 'external', ...ORDER },
  });
  expect(order.status).toBe(201);
  expect((await call('patch', '/v1/me', { token, body: { firstName: NEXT.firstName } })).status).toBe(200);
  await call('patch', `/v1/users/${id}`, { token: admin.token, body: { email: NEXT.email }, headers: { Prefer: 'dry-run' } });

  // What fails, on either side.
  await call('post', '/v1/auth/login', { body: { email: ANA.email, password: WRONG } });
  await call('post', '/v1/auth/register', { body: { ...ANA, password: NEXT.password } });
  await call('post', '/v1/auth/register', { body: { ...ANA, email: 'other@mail.example', password: NEXT.password } });
  await call('post', '/v1/auth/register', {
    body: { ...ANA, email: `${ANA.email} `, firstName: ANA.firstName.repeat(20), password: 'short' },
  });
  await call('patch', `/v1/users/${id}/profile`, {
    token,
    body: { ...PROFILE, birthDate: `${PROFILE.birthDate}x`, nickname: PROFILE.bio },
  });
  await call('post', '/v1/auth/login', { body: `{"email": "${ANA.email}", "password": "${ANA.password}` });
  for (const path of [`/v1/orders/${order.body.id}`, `/v1/users/${id}`, `/v1/users/${id}/profile`]) {
    expect((await call('get', path, { token: stranger.token })).status).toBe(404);
  }
  await call('patch', `/v1/users/${stranger.id}`, { token: admin.token, body: { email: ANA.email } });
  await failingInTheDatabase(token);

  // What others read.
  const reads = [
    await call('get', '/v1/audit-logs?limit=100', { token: auditor.token }),
    await call('get', '/v1/events?limit=100', { token: manager.token }),
    await call('get', '/v1/orders', { token: stranger.token }),
    await call('get', '/health', { token: admin.token }),
  ];
  expect(reads.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
  for (const { body } of reads) expect(plantedIn(JSON.stringify(body))).toEqual([]);
  expect(problems.length).toBeGreaterThan(9);
  expect(problems.filter((problem) => plantedIn(problem).length > 0)).toEqual([]);
  expect(plantedValues().length).toBeGreaterThan(20);
  expect(await placesOfPlantedValues(shop)).toEqual([
    'audit_personal.new_values',
    'audit_personal.old_values',
    'idempotency_keys.body',
    'orders.note',
    'orders.shipping_address',
    'profiles.address',
    'profiles.avatar_url',
    'profiles.bio',
    'profiles.birth_date',
    'profiles.display_name',
    'profiles.phone',
    'users.email',
    'users.first_name',
    'users.last_name',
    'users.username',
  ]);
});

/* An error of PostgreSQL that quotes the row, as a guard of somebody's own might raise it. */
async function failingInTheDatabase(token: string): Promise<void> {
  await shop.query(`CREATE FUNCTION fail_loudly() RETURNS trigger LANGUAGE plpgsql AS
    'BEGIN RAISE EXCEPTION ''cannot write %'', row_to_json(NEW) USING DETAIL = NEW.email; END'`);
  await shop.query('CREATE TRIGGER z_fail_loudly BEFORE UPDATE ON users FOR EACH ROW EXECUTE FUNCTION fail_loudly()');
  const failed = await call('patch', '/v1/me', { token, body: { firstName: NEXT.firstName.toUpperCase() } });
  expect(failed.status).toBe(500);
  await shop.query('DROP TRIGGER z_fail_loudly ON users');
}

describe('the audit log shows personal values', () => {
  const read = async (token: string) => {
    const list = await shop.call('get', `/v1/audit-logs?tableName=users&recordId=${stranger.id}&action=CREATE`, { token });
    const [entry] = list.body.data;
    const one = await shop.call('get', `/v1/audit-logs/${entry.id}`, { token });
    expect(one.body).toEqual(entry);
    return entry.newValues;
  };

  test('to whoever may reveal them, and to others a digest', async () => {
    expect(await read(admin.token)).toMatchObject({
      email: stranger.email,
      first_name: 'Test',
      password_hash: '[secret]',
      is_active: true,
    });
    const digest = expect.stringMatching(/^sha256:[0-9a-f]{64}$/);
    expect(await read(auditor.token)).toMatchObject({ email: digest, first_name: digest, password_hash: '[secret]', is_active: true });
  });

  test('no more once they are erased', async () => {
    await shop.query('DELETE FROM audit_personal WHERE user_id = $1::uuid', [stranger.id]);
    expect(await read(admin.token)).toEqual(await read(auditor.token));
  });
});
