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
  ['1.999', 'too_precise', 'price must have at most 2 decimals, as USD has'],
  ['1.00001', 'wrong_format', 'price must be an amount such as 19.90, with no more decimals than its currency has'],
  ['1e3', 'wrong_format', 'price must be an amount such as 19.90, with no more decimals than its currency has'],
  ['9'.repeat(100_000), 'wrong_format', 'price must be an amount such as 19.90, with no more decimals than its currency has'],
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
    ['/price', 'too_precise', 'price must have at most 0 decimals, as JPY has, but is 99.50'],
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

test('sells in dinars of a thousand fils: priced, ordered, paid from the balance, refunded and totalled to the fils', async () => {
  const productId = await makeProduct(shop, admin, { price: '1.255', currency: 'KWD' });
  const shown = (await shop.call('get', `/v1/products/${productId}`)).body;
  expect(shown).toMatchObject({ price: '1.255', regularPrice: '1.255' });
  expect((await patch(productId, { price: '1.2555' })).body).toMatchObject({ status: 422, errors: [{ code: 'too_precise' }] });
  await shop.query("UPDATE users SET currency = 'KWD' WHERE id = $1::uuid", [buyer.id]);
  const balance = async () => (await shop.call('get', `/v1/users/${buyer.id}/balance`, { token: admin.token })).body.balance;
  expect(await balance()).toBe('0.000');
  const credit = { amount: '10.5', kind: 'credit' };
  const credited = await shop.call('post', `/v1/users/${buyer.id}/balance/entries`, { token: admin.token, body: credit });
  expect(credited.body).toMatchObject({ amount: '10.500', balanceAfter: '10.500' });
  const body = { items: [{ productId, quantity: 3 }], paymentMethod: 'balance', expectedTotal: '3.765' };
  const placed = await shop.call('post', '/v1/orders', { token: buyer.token, body });
  const item = { unitPrice: '1.255', subtotal: '3.765', discount: '0.000' };
  expect(placed.body).toMatchObject({ subtotal: '3.765', discount: '0.000', tax: '0.000', total: '3.765', currency: 'KWD', items: [item] });
  const refund = (amount: string) => shop.call('post', `/v1/orders/${placed.body.id}/refunds`, { token: admin.token, body: { amount } });
  expect((await refund('3.766')).body).toMatchObject({ status: 409, detail: 'At most 3.765 can still be refunded.' });
  expect((await refund('0.005')).body).toMatchObject({ amount: '0.005' });
  expect((await refund('3.765')).body).toMatchObject({ status: 409, detail: 'At most 3.760 can still be refunded.' });
  expect(await balance()).toBe('6.740');
  const sales = await shop.call('get', `/v1/products/${productId}/sales`, { token: admin.token });
  expect(sales.body.revenue).toEqual([{ currency: 'KWD', amount: '3.760' }]);
});

test('raises prices in fils, and exports and imports them', async () => {
  const sku = 'FILS';
  const id = await makeProduct(shop, admin, { sku, price: '1.5', currency: 'KWD' });
  const change = { filter: { sku }, limit: 1, change: { percent: '3.3' } };
  const changed = await shop.call('post', '/v1/products/price-changes', { token: admin.token, body: change });
  expect(changed.body.results).toMatchObject([{ regularPrice: '1.500', amount: '1.550' }]);
  const set = (amount: string) => shop.call('post', `/v1/products/${id}/prices`, { token: admin.token, body: { kind: 'sale', amount } });
  expect((await set('1.4444')).body).toMatchObject({ status: 422, errors: [{ code: 'too_precise' }] });
  expect((await set('1.4')).body).toMatchObject({ amount: '1.400' });
  const file = await shop.call('get', `/v1/products/export?sku=${sku}&fields=sku,price,currency,regularPrice`, { token: admin.token });
  expect(file.text).toBe('sku,price,currency,regularPrice\r\nFILS,1.400,KWD,1.550\r\n');
  expect((await shop.call('get', '/v1/products/stats?currency=KWD&price=1.4')).body.prices).toEqual([
    { currency: 'KWD', count: 1, min: '1.400', avg: '1.400', max: '1.400' },
  ]);
});

test('writes at psql what it is given as its currency has it, and refuses what that cannot express', async () => {
  const id = await makeProduct(shop, admin, { sku: 'PSQL', price: '5' });
  const set = (change: string) => shop.query(`UPDATE products SET ${change} WHERE id = $1::uuid`, [id]);
  const price = async () => (await shop.call('get', `/v1/products/${id}`)).body.price;
  const refusal = (constraint: string) => ({ original: { code: '23514', constraint } });
  expect(await price()).toBe('5.00');
  await set('price = 7');
  expect(await price()).toBe('7.00');
  await set('price = 7 * 1.100');
  expect(await price()).toBe('7.70');
  await expect(set('price = 1.255')).rejects.toMatchObject(refusal('products_price_check'));
  await expect(set("price = 'NaN'")).rejects.toMatchObject(refusal('products_price_check'));
  await expect(set("currency = 'JPY'")).rejects.toMatchObject(refusal('products_price_check'));
  await set("currency = 'KWD'");
  expect(await price()).toBe('7.700');
  await expect(set("currency = 'JPY', price = 19.5")).rejects.toMatchObject(refusal('products_price_check'));
  const [order] = await shop.query<{ id: string }>("SELECT id FROM orders WHERE currency = 'JPY' LIMIT 1");
  const ofOrder = (text: string) => shop.query(text, [String(order?.id)]);
  const refund = 'INSERT INTO refunds (id, order_id, amount) VALUES (uuid_v7(), $1::uuid, 0.5)';
  await expect(ofOrder(refund)).rejects.toMatchObject(refusal('refunds_amount_check'));
  const line = `WITH l AS (UPDATE order_items SET quantity = 2, unit_price = 75.5, subtotal = 151 WHERE order_id = $1::uuid)
    UPDATE orders SET subtotal = 151, total = 151 WHERE id = $1::uuid`;
  await expect(ofOrder(line)).rejects.toMatchObject(refusal('orders_sums_check'));
  await expect(ofOrder('UPDATE orders SET shipping = 0.5, total = total + 0.5 WHERE id = $1::uuid')).rejects.toMatchObject({
    original: { code: '23514' },
  });
  await expect(ofOrder('UPDATE orders SET shipping = 10000000000, total = total + 10000000000 WHERE id = $1::uuid')).rejects.toMatchObject({
    original: { code: '23514' },
  });
});
