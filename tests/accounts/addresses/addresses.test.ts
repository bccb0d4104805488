import { useShop } from '../../support/use-shop';

const { shop, manager, ana, ben } = useShop({ manager: 'manager', ana: 'customer', ben: 'customer' });

const HOME = { label: 'Home', address: { name: 'Maria Anders', city: 'Berlin', country: 'DE' } };
const make = (body: object, { token } = ana) => shop.call('post', '/v1/addresses', { token, body });
const list = async ({ token } = ana) => (await shop.call('get', '/v1/addresses?sort=createdAt', { token })).body.data;
const at = (id: string) => `/v1/addresses/${id}`;

test('keeps an address book for each customer, which nobody else sees but staff', async () => {
  const made = await make(HOME);
  expect(made.body).toMatchObject({ ...HOME, userId: ana.id, isDefaultShipping: false });
  expect(await list()).toEqual([made.body]);
  expect(await list(ben)).toEqual([]);
  for (const method of ['get', 'delete'] as const)
    expect((await shop.call(method, at(made.body.id), { token: ben.token })).status).toBe(404);
  expect((await shop.call('patch', at(made.body.id), { token: ben.token, body: { label: 'Mine' } })).status).toBe(404);
  expect((await shop.call('get', at(made.body.id), { token: manager.token })).status).toBe(200);
  expect((await shop.call('delete', at(made.body.id), { token: ana.token })).status).toBe(204);
  expect(await list()).toEqual([]);
});

test('has one default of each kind: the one that was said last, also at once', async () => {
  const first = (await make({ ...HOME, isDefaultShipping: true, isDefaultBilling: true }, ben)).body;
  const second = (await make({ ...HOME, label: 'Work', isDefaultShipping: true }, ben)).body;
  expect(await list(ben)).toMatchObject([
    { id: first.id, isDefaultShipping: false, isDefaultBilling: true },
    { id: second.id, isDefaultShipping: true, isDefaultBilling: false },
  ]);
  const all = [first, second, first, second].map(({ id }) =>
    shop.call('patch', at(id), { token: ben.token, body: { isDefaultShipping: true } }),
  );
  expect((await Promise.all(all)).map(({ status }) => status)).toEqual([200, 200, 200, 200]);
  const shown: { isDefaultShipping: boolean }[] = await list(ben);
  expect(shown.filter(({ isDefaultShipping }) => isDefaultShipping)).toHaveLength(1);
});

test('refuses a country that is no code and another’s user id, and records the address by a digest', async () => {
  expect((await make({ address: { country: 'Germany' } })).body).toMatchObject({ status: 422, errors: [{ pointer: '/address' }] });
  expect((await make({ ...HOME, userId: ben.id })).body).toMatchObject({ status: 422, errors: [{ pointer: '/userId' }] });
  const { id } = (await make(HOME)).body;
  const [entry] = await shop.query<{ values: string }>('SELECT new_values::text AS values FROM audit_logs WHERE record_id = $1::uuid', [
    id,
  ]);
  expect(entry?.values).not.toContain('Berlin');
});
