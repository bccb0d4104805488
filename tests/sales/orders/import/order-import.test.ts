import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import request from 'supertest';
import { makeProduct, stockOf } from '../../../factories/products';
import { useShop } from '../../../support/use-shop';

const { shop, manager } = useShop({ manager: 'manager' });

const EXCERPT = readFileSync(join(__dirname, 'data', 'online-retail-excerpt.csv'), 'utf8');
const HEADER =
  'orderNumber,placedAt,status,email,customerNumber,currency,sku,productName,quantity,unitPrice,discount,tax,taxRate,shipping\n';

async function send(file: string, { query = '', type = 'text/csv' } = {}) {
  const call = request(shop.server).post(`/v1/orders/import${query}`).set('Authorization', `Bearer ${manager.token}`);
  return (await call.set('Content-Type', type).send(file)).body;
}

const counts = ({ created, updated, unchanged, failed }: Record<string, unknown>) => [created, updated, unchanged, failed];
const codes = ({ errors }: { errors: { line: number; code: string }[] }) => errors.map(({ line, code }) => [line, code]);
const orderOf = async (number: string) =>
  (await shop.call('get', `/v1/orders?orderNumber=${number}&include=items,refunds`, { token: manager.token })).body.data[0];

/* What is imported of orders and refunds, and what moves stock and balances. */
const books = async () =>
  (
    await shop.query(`SELECT (SELECT count(*)::int FROM orders WHERE imported_at IS NOT NULL) AS orders, (SELECT count(*)::int FROM refunds) AS refunds,
      (SELECT count(*)::int FROM stock_movements) AS movements, (SELECT count(*)::int FROM balance_entries) AS entries`)
  )[0];

test('imports orders of the past as they were, once, without moving stock', async () => {
  const id = await makeProduct(shop, manager, { sku: 'past-1', price: '12.00', stockQuantity: 7 });
  const before = await books();
  const file = `${HEADER}P-1,2019-03-04T05:06:07Z,shipped,old@example.com,K7,USD,PAST-1,,3,10.00,1.50,2.85,10,4.90
P-1,2019-03-04T05:06:07Z,shipped,old@example.com,K7,USD,past-2,Gone,1,2.00,,,,
P-2,2019-03-05T00:00:00Z,cancelled,,,USD,past-1,,1,10.00,,,,\n`;
  expect(counts(await send(file))).toEqual([3, 0, 0, 0]);
  expect(await orderOf('P-1')).toMatchObject({
    status: 'shipped',
    userId: null,
    email: 'old@example.com',
    customerNumber: 'K7',
    subtotal: '32.00',
    discount: '1.50',
    tax: '2.85',
    shipping: '4.90',
    total: '38.25',
    placedAt: '2019-03-04T05:06:07.000Z',
    shippedAt: '2019-03-04T05:06:07.000Z',
    completedAt: null,
    importedAt: expect.any(String),
  });
  expect(await orderOf('P-2')).toMatchObject({ status: 'cancelled', cancelledAt: '2019-03-05T00:00:00.000Z', paidAt: null });
  expect(counts(await send(file))).toEqual([0, 0, 3, 0]);
  expect(await stockOf(shop, id)).toEqual({ stock: 7, ledger: 7 });
  expect(await books()).toMatchObject({ orders: 2, movements: (before as { movements: number }).movements });
  const { body } = await shop.call('get', '/v1/products?sku=past-2', { token: manager.token });
  expect(body.data[0]).toMatchObject({ name: 'Gone', status: 'discontinued', stockQuantity: 0 });
});

test('adds the lines that an imported order lacks, and refuses those it has otherwise', async () => {
  const line = (sku: string, quantity: number) =>
    JSON.stringify({
      orderNumber: 'P-3',
      placedAt: '2020-01-01T00:00:00Z',
      currency: 'USD',
      sku,
      productName: sku,
      quantity,
      unitPrice: '2.00',
    });
  const type = 'application/x-ndjson';
  expect(counts(await send(`${line('part-1', 1)}\n`, { type }))).toEqual([1, 0, 0, 0]);
  const again = await send(`${line('part-1', 2)}\n${line('part-2', 3)}\n`, { type });
  expect([counts(again), codes(again)]).toEqual([[0, 1, 0, 1], [[1, 'line_differs']]]);
  expect(await orderOf('P-3')).toMatchObject({ subtotal: '8.00', total: '8.00', items: [{ quantity: 1 }, { quantity: 3 }] });
});

test('refuses each row that is no line of an order of the past, and changes nothing', async () => {
  const id = await makeProduct(shop, manager, { sku: 'past-9', price: '1.00' });
  const items = [{ productId: id, quantity: 1 }];
  const placed = await shop.call('post', '/v1/orders', { token: manager.token, body: { items, paymentMethod: 'external' } });
  const before = await books();
  const day = '2020-01-01T00:00:00Z';
  const report = await send(`${HEADER}R-1,${day},,,,USD,nobody,,1,1.00,,,,
R-2,${day},,,,USD,past-9,,0,1.00,,,,
R-3,${day},,,,JPY,past-9,,1,1.50,,,,
R-4,${day},,,,USD,past-9,,1,1.00,2.00,,,
R-5,${day},,,,USD,past-9,,1,1.00,,1.00,,
R-6,${day},pending,,,USD,past-9,,1,1.00,,,,
R-7,${day},,,K1,USD,past-9,,-1,1.00,,,,
${placed.body.orderNumber},${day},,,,USD,past-9,,1,1.00,,,,\n`);
  expect(codes(report)).toEqual([
    [2, 'unknown_product'],
    [3, 'zero'],
    [4, 'too_precise'],
    [5, 'too_large'],
    [6, 'required'],
    [7, 'not_allowed'],
    [8, 'no_matching_order'],
    [9, 'order_number_taken'],
  ]);
  expect(await books()).toEqual(before);
});

test('puts no goods of an imported order into the stock when it is cancelled', async () => {
  const id = await makeProduct(shop, manager, { sku: 'past-8', price: '1.00', stockQuantity: 5 });
  await send(`${HEADER}P-8,2020-01-01T00:00:00Z,paid,,,USD,past-8,,2,1.00,,,,\n`);
  const { id: orderId } = await orderOf('P-8');
  expect((await shop.call('post', `/v1/orders/${orderId}/cancel`, { token: manager.token })).status).toBe(200);
  expect(await stockOf(shop, id)).toEqual({ stock: 5, ledger: 5 });
});

test('imports Online Retail as it stands: cancellations as refunds, several prices of a product as a discount, and says what it refuses', async () => {
  const query = '?layout=online-retail';
  const report = await send(EXCERPT, { query });
  expect([counts(report), codes(report)]).toEqual([
    [15, 0, 0, 6],
    [
      [4, 'not_a_sale'],
      [5, 'unknown_product'],
      [8, 'unknown_product'],
      [9, 'unknown_product'],
      [19, 'too_precise'],
      [22, 'not_a_sale'],
    ],
  ]);
  expect(await orderOf('537410')).toMatchObject({
    status: 'refunded',
    currency: 'GBP',
    refunds: [{ amount: '151.20', reason: 'C537413' }],
  });
  expect(await orderOf('537967')).toMatchObject({ status: 'completed', total: '57.60', refunds: [{ amount: '8.85' }] });
  expect(await orderOf('539102')).toMatchObject({ discount: '17.28', total: '1431.60', shippingAddress: { country: 'GB' } });
  expect(counts(await send(EXCERPT, { query }))).toEqual([0, 0, 15, 6]);
});
