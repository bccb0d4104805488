import { currencyCodes } from '../../src/schema/currencies';
import { makeProduct } from '../factories/products';
import { useShop } from '../support/use-shop';

const { shop, admin, buyer } = useShop({ admin: 'admin', buyer: 'customer' });

const create = (body: object) => shop.call('post', '/v1/products', { token: admin.token, body });
const patch = (id: string, body: object) => shop.call('patch', `/v1/products/${id}`, { token: admin.token, body });
const faults = ({ body }: { body: { errors: { pointer: string; code: string; message: string }[] } }) =>
  body.errors.map(({ pointer, code, message }) => [pointer, code, message]);

test.each([
  ['1000000.00', 'too_large', 'price must be at most 999999.99'],
  ['99999999999999999999', 'too_large', 'price must be at most 999999.99'],
  ['-0.01', 'too_small', 'price must be at least 0'],
  ['1.999', 'wrong_format', 'price must be an amount with at most two decimals, such as 19.90'],
  ['1e3', 'wrong_format', 'price must be an amount with at most two decimals, such as 19.90'],
  ['9'.repeat(100_000), 'wrong_format', 'price must be an amount with at most two decimals, such as 19.90'],
])('says what is wrong with a price of %.20s, together with the other faults of the body', async (price, code, message) => {
  const refused = await create({ name: ' ', sku: 'LIMIT', price, currency: 'USD', colour: 'red' });
  expect(refused.status).toBe(422);
  expect(faults(refused).sort()).toEqual([
    ['/colour', 'unknown_field', 'colour is not allowed'],
    ['/name', 'blank', 'name must not be blank'],
    ['/price', code, message],
  ]);
  expect(await shop.query("SELECT FROM products WHERE sku = 'LIMIT'")).toEqual([]);
});

test.each(['XXX', 'ABC', 'ZZZ', 'DEM', 'usd', 'US', 'USDD', ''])('refuses the currency %j, and creates nothing', async (currency) => {
  const refused = await create({ name: 'Chai', sku: 'CURRENCY', price: '1.00', currency });
  expect([refused.status, faults(refused).map(([pointer]) => pointer)]).toEqual([422, ['/currency']]);
  expect(await shop.query("SELECT FROM products WHERE sku = 'CURRENCY'")).toEqual([]);
});

test('knows the currencies of ISO 4217, new ones too', () => {
  expect(currencyCodes().length).toBeGreaterThan(150);
  expect(['EUR', 'USD', 'JPY', 'KWD', 'XCG', 'ZWG', 'SLE'].filter((code) => !currencyCodes().includes(code))).toEqual([]);
});

test('holds a price to the decimals of its currency, at creation and by a change of either', async () => {
  const refused = await create({ name: 'Sencha', sku: 'YEN', price: '1.50', currency: 'JPY' });
  expect(faults(refused)).toEqual([['/price', 'too_precise', 'price must have at most 0 decimals, as JPY has']]);
  const id = await makeProduct(shop, admin, { price: '150.00', currency: 'JPY' });
  expect(faults(await patch(id, { price: '99.5' }))).toEqual([
    ['/price', 'too_precise', 'price must have at most 0 decimals, as JPY has, but is 99.5'],
  ]);
  const dollars = await makeProduct(shop, admin, { price: '1.99' });
  expect(faults(await patch(dollars, { currency: 'JPY' }))).toEqual([
    ['/currency', 'too_precise', 'price must have at most 0 decimals, as JPY has, but is 1.99'],
  ]);
  expect((await patch(dollars, { currency: 'JPY', price: '2' })).body).toMatchObject({ price: '2.00', currency: 'JPY' });
  expect((await shop.call('get', `/v1/products/${id}`)).body).toMatchObject({ price: '150.00', version: 1 });
});

test('refunds and credits in the decimals of the currency only, and changes nothing otherwise', async () => {
  const productId = await makeProduct(shop, admin, { price: '150', currency: 'JPY' });
  const body = { items: [{ productId, quantity: 1 }], paymentMethod: 'external' };
  const { id } = (await shop.call('post', '/v1/orders', { token: buyer.token, body })).body;
  await shop.call('post', `/v1/orders/${id}/pay`, { token: admin.token });
  const refund = (amount: string) => shop.call('post', `/v1/orders/${id}/refunds`, { token: admin.token, body: { amount } });
  expect(faults(await refund('0.50'))).toEqual([
    ['/amount', 'too_precise', 'amount must have at most 0 decimals, as JPY has, but is 0.50'],
  ]);
  expect(await shop.query('SELECT FROM refunds')).toEqual([]);
  expect((await refund('50.00')).status).toBe(201);
  await shop.query("UPDATE users SET currency = 'JPY' WHERE id = $1::uuid", [buyer.id]);
  const credit = await shop.call('post', `/v1/users/${buyer.id}/balance/entries`, {
    token: admin.token,
    body: { amount: '0.5', kind: 'credit' },
  });
  expect(faults(credit).map(([pointer, code]) => [pointer, code])).toEqual([['/amount', 'too_precise']]);
  expect(await shop.query('SELECT balance FROM users WHERE id = $1::uuid', [buyer.id])).toEqual([{ balance: '0.00' }]);
});

test('filters prices by bounds that no price reaches', async () => {
  const { body } = await shop.call('get', '/v1/products?price[lte]=10000000&price[gt]=-1&limit=1');
  expect(body.data).toHaveLength(1);
});
