import { settlePrices } from '../../../src/catalogue/prices/settle-prices.queue';
import { systemContext } from '../../../src/context/system-context';
import { unitOfWork } from '../../../src/database/transaction/unit-of-work';
import { send } from '../../../src/jobs';
import { makeGroup, variant } from '../../factories/groups';
import { makeProduct } from '../../factories/products';
import { runJobs } from '../../jobs/support/run-jobs';
import { useShop } from '../../support/use-shop';
import { inDays, priceCalls } from './support/price-calls';

const { shop, manager, buyer } = useShop({ manager: 'manager', buyer: 'customer' });
const { read, set, patch, timeline, letPass } = priceCalls(shop, manager);

const order = (productId: string) =>
  shop.call('post', '/v1/orders', { token: buyer.token, body: { items: [{ productId, quantity: 1 }], paymentMethod: 'external' } });
const settle = async () => {
  await unitOfWork(systemContext(shop, 'test', 'A minute begins'), (tx) => send(tx, settlePrices, {}));
  await runJobs(shop, [settlePrices]);
};

test('a new price is a regular price from now on, and the price before stays in the timeline', async () => {
  const id = await makeProduct(shop, manager);
  const { createdAt } = await read(id);
  expect(await timeline(id)).toEqual([]);
  expect((await patch(id, { price: '12.00' })).body).toMatchObject({
    price: '12.00',
    regularPrice: '12.00',
    priorPrice: null,
    onSaleUntil: null,
  });
  expect((await patch(id, { price: '11.00' })).body).toMatchObject({ price: '11.00' });
  const [first, second, third] = await timeline(id);
  expect(first).toMatchObject({ kind: 'regular', amount: '10.00', currency: 'USD', validFrom: createdAt, validTo: second?.validFrom });
  expect(second).toMatchObject({ amount: '12.00', validTo: third?.validFrom, setBy: manager.id });
  expect(third).toMatchObject({ amount: '11.00', validTo: null });
  expect(await read(id, `?priceAt=${createdAt}`)).toMatchObject({ price: '10.00', regularPrice: '10.00' });
  expect(await read(id, `?priceAt=${second?.validFrom}`)).toMatchObject({ price: '12.00' });
  expect(await read(id, '?priceAt=2020-01-01T00:00:00Z')).toMatchObject({ price: null, regularPrice: null });
});

test('a sale begins and ends by itself, in reads, orders and filters', async () => {
  const id = await makeProduct(shop, manager);
  const made = await set(id, { kind: 'sale', amount: '8.00', validFrom: inDays(1), validTo: inDays(3) });
  expect(made.status).toBe(201);
  expect(await read(id)).toMatchObject({ price: '10.00', priorPrice: null, onSaleUntil: null });
  const before = await shop.call('get', `/v1/products/${id}`);
  await letPass(id, '2 days');
  const during = await shop.call('get', `/v1/products/${id}`, { headers: { 'If-None-Match': String(before.headers.etag) } });
  expect(during.status).toBe(200);
  expect(during.body).toMatchObject({ price: '8.00', regularPrice: '10.00', priorPrice: '10.00' });
  expect((await shop.call('get', `/v1/products?id=${id}`)).body.data).toMatchObject([{ price: '8.00' }]);
  expect((await order(id)).body).toMatchObject({ total: '8.00' });
  expect((await shop.call('get', `/v1/products?id=${id}&onSale=true`)).body.data).toEqual([]);
  await settle();
  const { body: settled } = await shop.call('get', `/v1/products?id=${id}&price=8&onSale=true`);
  expect(settled.data).toMatchObject([{ price: '8.00', regularPrice: '10.00', updatedAt: before.body.updatedAt }]);
  await letPass(id, '2 days');
  expect(await read(id)).toMatchObject({ price: '10.00', regularPrice: '10.00', priorPrice: null, onSaleUntil: null });
  expect((await order(id)).body).toMatchObject({ total: '10.00' });
});

test('shows the prices of other currencies and of a time to come, the latter to those who may read prices', async () => {
  const id = await makeProduct(shop, manager);
  await set(id, { amount: '1500', currency: 'JPY' });
  await set(id, { kind: 'sale', amount: '1200', currency: 'JPY', validFrom: inDays(1), validTo: inDays(2) });
  expect(await read(id, '?priceCurrency=JPY')).toMatchObject({ price: '1500.00', currency: 'JPY', priorPrice: null });
  expect(await read(id, '?priceCurrency=EUR')).toMatchObject({ price: null, regularPrice: null, currency: 'EUR' });
  expect(await read(id)).toMatchObject({ price: '10.00', currency: 'USD' });
  const path = `/v1/products/${id}?priceCurrency=JPY&priceAt=${inDays(1.5)}`;
  expect((await shop.call('get', path)).status).toBe(401);
  expect((await shop.call('get', path, { token: buyer.token })).status).toBe(403);
  const seen = await shop.call('get', path, { token: manager.token });
  expect(seen.body).toMatchObject({ price: '1200.00', regularPrice: '1500.00', priorPrice: '1500.00' });
  const list = await shop.call('get', path.replace(`/${id}?`, `?id=${id}&`), { token: manager.token });
  expect(list.body.data).toMatchObject([{ price: '1200.00', currency: 'JPY' }]);
  const again = await shop.call('get', path, { token: manager.token, headers: { 'If-None-Match': String(seen.headers.etag) } });
  expect(again.status).toBe(304);
});

test('the prior price of a reduction is the lowest of the 30 days before it began, and of steps the price before the first', async () => {
  const id = await makeProduct(shop, manager);
  await patch(id, { price: '9.00' });
  await letPass(id, '10 days');
  await patch(id, { price: '12.00' });
  await letPass(id, '5 days');
  await set(id, { kind: 'sale', amount: '11.00', validTo: inDays(2) });
  expect(await read(id)).toMatchObject({ price: '11.00', regularPrice: '12.00', priorPrice: '9.00' });
  await letPass(id, '1 day');
  const [, , , sale] = await timeline(id);
  await set(id, { kind: 'sale', amount: '10.00', validFrom: String(sale?.validTo), validTo: inDays(4) });
  await letPass(id, '2 days');
  expect(await read(id)).toMatchObject({ price: '10.00', regularPrice: '12.00', priorPrice: '9.00' });
  await letPass(id, '40 days');
  await set(id, { kind: 'sale', amount: '11.00' });
  expect(await read(id)).toMatchObject({ price: '11.00', priorPrice: '12.00', onSaleUntil: null });
});

test('the price range of a group, and the products in it, are those of the moment, or of the time or currency that is asked for', async () => {
  const { id, products } = await makeGroup(shop, manager, [variant('S', 'red'), variant('M', 'blue', { price: '24.50' })]);
  const reduced = String(products[0]?.id);
  const group = async (query = '') =>
    (await shop.call('get', `/v1/product-groups/${id}?include=products${query}`, { token: manager.token })).body;
  await set(reduced, { kind: 'sale', amount: '9.00', validFrom: inDays(1), validTo: inDays(3) });
  await set(reduced, { amount: '15.00', currency: 'EUR' });
  const range = { min: '19.00', max: '24.50', currency: 'USD' };
  const ahead = await group(`&priceAt=${inDays(2)}`);
  expect([ahead.priceRange.min, ahead.products[0].price, (await group()).priceRange]).toEqual(['9.00', '9.00', range]);
  expect((await group('&priceCurrency=EUR')).priceRange).toEqual({ min: '15.00', max: '15.00', currency: 'EUR' });
  expect((await group('&priceAt=2020-01-01T00:00:00Z')).priceRange).toBeNull();
  expect((await shop.call('get', `/v1/product-groups/${id}?priceAt=${inDays(2)}`)).status).toBe(401);
  await letPass(reduced, '2 days');
  expect((await group()).priceRange).toEqual({ ...range, min: '9.00' });
  expect((await group(`&priceAt=${inDays(-1.5)}`)).products[0]).toMatchObject({ price: '19.00' });
});

test('a purge takes the prices of a product along', async () => {
  const id = await makeProduct(shop, manager, { stockQuantity: 0 });
  await patch(id, { price: '12.00' });
  expect((await shop.call('delete', `/v1/products/${id}?force=true`, { token: manager.token })).status).toBe(204);
  expect(await shop.query('SELECT id FROM price_entries WHERE product_id = $1::uuid', [id])).toEqual([]);
});
