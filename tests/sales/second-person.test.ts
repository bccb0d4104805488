import { signUp } from '../factories/people';
import { makeProduct, stockOf } from '../factories/products';
import { useShop } from '../support/use-shop';

const { shop, manager, support, admin } = useShop({ manager: 'manager', support: 'support', admin: 'admin' });

const SECOND_PERSON = { status: 403, code: 'second_person_required' };

const credit = (by: { token: string }, id: string) =>
  shop.call('post', `/v1/users/${id}/balance/entries`, { token: by.token, body: { amount: '50.00', kind: 'credit' } });
const balanceOf = async (id: string) =>
  (await shop.query<{ balance: string }>('SELECT balance FROM users WHERE id = $1::uuid', [id]))[0]?.balance;

test('refuses a credit to oneself, even of an administrator, and leaves the balance unchanged', async () => {
  for (const person of [manager, admin]) {
    expect((await credit(person, person.id)).body).toMatchObject(SECOND_PERSON);
    expect(await balanceOf(person.id)).toBe('0.00');
  }
  expect((await credit(admin, manager.id)).status).toBe(201);
  expect(await balanceOf(manager.id)).toBe('50.00');
});

test('refuses a refund of one’s own order, also with an old ETag, and leaves balance, stock and refunds unchanged', async () => {
  const productId = await makeProduct(shop, manager);
  for (const person of [manager, support]) {
    await credit(admin, person.id);
    const before = await balanceOf(person.id);
    const body = { items: [{ productId, quantity: 1 }], paymentMethod: 'balance' };
    const { id } = (await shop.call('post', '/v1/orders', { token: person.token, body })).body;
    const refund = (token: string, headers = {}) =>
      shop.call('post', `/v1/orders/${id}/refunds`, { token, headers, body: { amount: '10.00', restock: [{ productId, quantity: 1 }] } });
    expect((await refund(person.token)).body).toMatchObject(SECOND_PERSON);
    expect((await refund(person.token, { 'If-Match': '"99"' })).body).toMatchObject(SECOND_PERSON);
    expect(await shop.query('SELECT FROM refunds WHERE order_id = $1::uuid', [id])).toEqual([]);
    expect(await stockOf(shop, productId)).toEqual({ stock: 9, ledger: 9 });
    expect((await refund(admin.token)).status).toBe(201);
    expect(await balanceOf(person.id)).toBe(before);
  }
});

test('refuses to mark one’s own order as paid, even of an administrator and with an old ETag, and leaves it pending', async () => {
  const productId = await makeProduct(shop, manager);
  for (const person of [manager, admin]) {
    const body = { items: [{ productId, quantity: 1 }], paymentMethod: 'external' };
    const { body: order } = await shop.call('post', '/v1/orders', { token: person.token, body });
    const pay = (token: string, headers = {}) => shop.call('post', `/v1/orders/${order.id}/pay`, { token, headers });
    for (const headers of [{}, { 'If-Match': '"99"' }]) {
      const refused = await pay(person.token, headers);
      expect(refused.body).toMatchObject({ ...SECOND_PERSON, detail: expect.stringContaining('a colleague who may mark orders as paid') });
    }
    const { items: _items, ...unchanged } = order;
    expect((await shop.call('get', `/v1/orders/${order.id}`, { token: person.token })).body).toEqual(unchanged);
    const colleague = person === admin ? manager : admin;
    expect((await pay(colleague.token)).body.status).toBe('paid');
  }
});

test('a colleague credits and refunds a customer', async () => {
  const customer = await signUp(shop);
  expect((await credit(manager, customer.id)).status).toBe(201);
  expect(await balanceOf(customer.id)).toBe('50.00');
});
