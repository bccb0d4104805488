import { paymentSignature } from '../../../src/sales/payments/payment.service';
import { paymentWebhookOff } from '../../../src/sales/problems';
import { type Person, signUp } from '../../factories/people';
import { makeProduct } from '../../factories/products';
import { plant } from '../../support/privacy/planted-values';
import { type Shop, startShop } from '../../support/shop';
import { useShop } from '../../support/use-shop';
import { FakeProvider, type Message, type Payable, succeeded } from './support/fake-provider';

const provider = new FakeProvider();
const former = new FakeProvider();
plant(provider.secret);
const { shop, manager, buyer } = useShop(
  { manager: 'manager', buyer: 'customer' },
  { PAYMENT_WEBHOOK_SECRET: `${provider.secret},${former.secret}` },
);

let productId: string;
let second: Shop;

beforeAll(async () => {
  productId = await makeProduct(shop, manager, { stockQuantity: 1_000 });
  second = await startShop({ DATABASE_URL: shop.env.DATABASE_URL, PAYMENT_WEBHOOK_SECRET: provider.secret });
});
afterAll(() => second.close());

const place = async (by: Person = buyer): Promise<Payable> => {
  const body = { items: [{ productId, quantity: 2 }], paymentMethod: 'external' };
  return (await shop.call('post', '/v1/orders', { token: by.token, body })).body;
};
const send = (message: Message, headers = provider.sign(message), to = shop) =>
  to.call('post', '/v1/payments/webhook', { headers, body: message.body });
const tell = (told: { type: string; data: object }) => send(provider.message({ type: told.type, data: { ...told.data } }));
const orderOf = async ({ id }: Payable) => (await shop.call('get', `/v1/orders/${id}`, { token: manager.token })).body;
const paymentsOf = async ({ id }: Payable) =>
  (await shop.call('get', `/v1/payments?orderId=${id}&sort=createdAt`, { token: manager.token })).body.data;
const counts = async () =>
  (
    await shop.query(
      `SELECT (SELECT count(*)::int FROM payments) AS payments, (SELECT count(*)::int FROM payment_events) AS events,
        (SELECT count(*)::int FROM audit_logs) AS changes`,
    )
  )[0];

test('a message pays its order, once, also by a former secret and with members that the shop does not know', async () => {
  const order = await place();
  const told = succeeded(order, { card: { number: 12345678901234567890n.toString(), serial: 1 } });
  const message = { ...former.message(told), body: JSON.stringify(told).replace('"serial":1', '"serial":12345678901234567890') };
  const paid = await send(message, former.sign(message));
  expect([paid.status, paid.body]).toEqual([200, { paymentId: expect.any(String), status: 'received', isRepeat: false }]);
  expect(await orderOf(order)).toMatchObject({ status: 'paid', paidAt: expect.any(String) });
  const before = await counts();
  expect((await send(message, former.sign(message))).body).toEqual({ ...paid.body, isRepeat: true });
  expect(await counts()).toEqual(before);
  const [payment] = await paymentsOf(order);
  expect(payment).toMatchObject({ status: 'received', amount: '20.00', currency: 'USD', reason: null, orderId: order.id });
  const log = await shop.query(`SELECT table_name, actor, reason FROM audit_logs WHERE record_id = ANY ($1::uuid[]) ORDER BY occurred_at`, [
    [order.id, payment.id],
  ]);
  const said = { actor: 'system:payments:standard-webhooks', reason: 'payment succeeded' };
  expect(log.slice(1)).toEqual(
    expect.arrayContaining([
      { table_name: 'payments', ...said },
      { table_name: 'orders', ...said },
    ]),
  );
});

test('refuses what is unsigned, stale, changed, or signed by another, and writes nothing', async () => {
  const order = await place();
  const message = provider.message(succeeded(order));
  const before = await counts();
  const minutesAgo = (minutes: number) => ({ at: new Date(Date.now() - minutes * 60_000) });
  const signed = provider.sign(message);
  const forged: [Record<string, string>, string][] = [
    [{}, message.body],
    [{ ...signed, 'webhook-signature': 'v1,AAAA' }, message.body],
    [{ ...signed, 'webhook-signature': 'nonsense' }, message.body],
    [{ ...signed, 'webhook-id': 'another' }, message.body],
    [{ ...signed, 'webhook-timestamp': 'soon' }, message.body],
    [provider.sign(message, minutesAgo(6)), message.body],
    [provider.sign(message, minutesAgo(-6)), message.body],
    [provider.sign(message, { secret: new FakeProvider().secret }), message.body],
    [signed, message.body.replace('20.00', '10.00')],
    [signed, `${message.body} `],
  ];
  for (const [headers, body] of forged) {
    const refused = await send({ ...message, body }, headers);
    expect([headers, refused.status, refused.body.code]).toEqual([headers, 401, 'invalid_signature']);
    expect(refused.body.detail).not.toContain(provider.secret);
  }
  expect(await counts()).toEqual(before);
  expect((await send(message)).status).toBe(200);
});

test('says which setting makes it take messages, where there is no secret', () => {
  const verify = () => paymentSignature.verify({ ...shop.env, PAYMENT_WEBHOOK_SECRET: '' }, {}, Buffer.alloc(0));
  expect(verify).toThrow(expect.objectContaining({ type: paymentWebhookOff, message: expect.stringContaining('PAYMENT_WEBHOOK_SECRET') }));
});

test('holds an amount or a currency that differs, leaves the order pending, and lets a colleague accept it', async () => {
  for (const [values, reason] of [
    [{ amount: '19.99' }, 'amount_differs'],
    [{ currency: 'EUR' }, 'currency_differs'],
  ] as const) {
    const order = await place();
    const { paymentId, status } = (await tell(succeeded(order, values))).body;
    expect([status, (await orderOf(order)).status]).toEqual(['held', 'pending']);
    const resolve = (by: Person) =>
      shop.call('post', `/v1/payments/${paymentId}/resolve`, { token: by.token, body: { outcome: 'accepted', note: 'A cent.' } });
    expect((await resolve(buyer)).status).toBe(403);
    expect((await paymentsOf(order))[0]).toMatchObject({ status: 'held', reason, ...values });
    expect((await resolve(manager)).body).toMatchObject({ status: 'received', note: 'A cent.', resolvedAt: expect.any(String) });
    expect((await orderOf(order)).status).toBe('paid');
    expect((await resolve(manager)).body).toMatchObject({ status: 409, code: 'payment_settled' });
  }
});

test('nobody accepts a payment of their own order', async () => {
  const order = await place(manager);
  const { paymentId } = (await tell(succeeded(order, { amount: '0.01' }))).body;
  const body = { outcome: 'accepted' };
  const refused = await shop.call('post', `/v1/payments/${paymentId}/resolve`, { token: manager.token, body });
  expect(refused.body).toMatchObject({ status: 403, code: 'second_person_required' });
  expect([(await orderOf(order)).status, (await paymentsOf(order))[0].status]).toEqual(['pending', 'held']);
});

test('what no order takes is due for a refund, until it has gone back', async () => {
  const cancelled = await place();
  await shop.call('post', `/v1/orders/${cancelled.id}/cancel`, { token: buyer.token });
  const paid = await place();
  await tell(succeeded(paid));
  for (const [order, reason] of [
    [cancelled, 'order_cancelled'],
    [paid, 'order_paid'],
    [{ id: '', orderNumber: 'SK-NOWHERE' }, 'order_unknown'],
  ] as const) {
    const told = succeeded(order);
    const { body } = await tell(told);
    expect([reason, body.status]).toEqual([reason, 'refund_due']);
    const read = async () => (await shop.call('get', `/v1/payments/${body.paymentId}`, { token: manager.token })).body;
    expect(await read()).toMatchObject({ reason, amount: '20.00' });
    const refund = (amount: string) => tell({ type: 'payment.refunded', data: { ...told.data, amount } });
    expect((await refund('5.00')).body.status).toBe('refund_due');
    expect(await read()).toMatchObject({ refundedAmount: '5.00' });
    expect((await refund('15.00')).body.status).toBe('refunded');
    expect(await read()).toMatchObject({ refundedAmount: '20.00' });
  }
  expect([(await orderOf(cancelled)).status, (await orderOf(paid)).status]).toEqual(['cancelled', 'paid']);
  const events = await shop.query<{ count: number }>(
    `SELECT count(*)::int FROM audit_logs WHERE table_name = 'payments' AND new_values ->> 'status' = 'refund_due'`,
  );
  expect(events).toEqual([{ count: 3 }]);
});

test('a payment without an order pays the one that a person names, and no other person’s decision counts after that', async () => {
  const order = await place();
  const { paymentId } = (await tell(succeeded({}))).body;
  const resolve = (body: object) => shop.call('post', `/v1/payments/${paymentId}/resolve`, { token: manager.token, body });
  expect((await resolve({ outcome: 'accepted' })).body).toMatchObject({ status: 422, errors: [{ pointer: '/orderId' }] });
  expect((await resolve({ outcome: 'accepted', orderId: order.id })).body).toMatchObject({ status: 'received', orderId: order.id });
  expect((await orderOf(order)).status).toBe('paid');
  expect((await resolve({ outcome: 'refunded' })).body.code).toBe('payment_settled');
});

test('a failed attempt changes no order, and a later one of the same payment may pay it; a refund that comes first pays none', async () => {
  const order = await place();
  const told = succeeded(order);
  const failed = { ...told, type: 'payment.failed' };
  expect((await tell(failed)).body.status).toBe('failed');
  expect((await orderOf(order)).status).toBe('pending');
  expect((await tell(told)).body.status).toBe('received');
  expect((await tell(failed)).body.status).toBe('received');
  expect((await orderOf(order)).status).toBe('paid');
  const other = await place();
  const late = succeeded(other);
  expect((await tell({ ...late, type: 'payment.refunded' })).body.status).toBe('refunded');
  expect((await tell(late)).body.status).toBe('refunded');
  expect((await orderOf(other)).status).toBe('pending');
});

test('leaves alone what is of no concern, and names what is wrong with a message that it cannot understand', async () => {
  const before = await counts();
  expect((await tell({ type: 'customer.created', data: {} })).body).toEqual({ paymentId: null, status: null, isRepeat: false });
  const wrong = await tell({ type: 'payment.succeeded', data: { reference: '', amount: 20, currency: 'US' } });
  expect(wrong.body).toMatchObject({ status: 422, code: 'invalid_body' });
  expect(wrong.body.errors.map(({ pointer }: { pointer: string }) => pointer).sort()).toEqual([
    '/data/amount',
    '/data/currency',
    '/data/reference',
  ]);
  expect(await counts()).toEqual(before);
});

test('customers see the payments of their own orders, with what the provider said, and nobody else’s', async () => {
  const stranger = await signUp(shop);
  const order = await place();
  const { paymentId } = (await tell(succeeded(order))).body;
  const read = (by: Person) => shop.call('get', `/v1/payments/${paymentId}?include=events`, { token: by.token });
  expect((await read(buyer)).body).toMatchObject({ id: paymentId, events: [{ type: 'succeeded', amount: '20.00' }] });
  expect((await read(stranger)).status).toBe(404);
  expect((await shop.call('get', '/v1/payments', { token: stranger.token })).body.data).toEqual([]);
  const included = await shop.call('get', `/v1/orders/${order.id}?include=payments`, { token: buyer.token });
  expect(included.body.payments).toMatchObject([{ id: paymentId }]);
});

test('a payment of an unknown order is recorded once, where two processes hear of it at the same moment', async () => {
  for (let round = 0; round < 5; round += 1) {
    const message = provider.message(succeeded({}));
    const both = await Promise.all([send(message), send(message, provider.sign(message), second)]);
    expect(both.map(({ status, body }) => [status, body.status])).toEqual(Array(2).fill([200, 'refund_due']));
    expect(both.map(({ body }) => body.isRepeat).sort()).toEqual([false, true]);
  }
});

test('each message has one effect, sent three times, shuffled, eight at once to two processes', async () => {
  const orders = await Promise.all(Array.from({ length: 6 }, () => place()));
  const told = orders.flatMap((order, index) => {
    const first = succeeded(order, index % 3 === 0 ? { amount: '1.00' } : {});
    const again = index % 3 === 1 ? [succeeded(order)] : [];
    return [first, { ...first, type: 'payment.failed' }, ...again];
  });
  const messages = told.map((one) => provider.message({ type: one.type, data: { ...one.data } }));
  const before = (await counts()) as { events: number; payments: number };
  let turn = 0;
  const responses = await provider.deliver(messages, { times: 3, inFlight: 8 }, (headers, body) => {
    turn += 1;
    return send({ id: '', body }, headers, turn % 2 === 0 ? shop : second);
  });
  expect(responses.filter(({ status }) => status !== 200)).toEqual([]);
  expect(responses.filter(({ body }) => !(body as { isRepeat: boolean }).isRepeat)).toHaveLength(messages.length);
  expect(await counts()).toMatchObject({ events: before.events + messages.length, payments: before.payments + 8 });
  for (const [index, order] of orders.entries()) {
    const statuses = (await paymentsOf(order)).map(({ status }: { status: string }) => status).sort();
    expect([index, statuses]).toEqual([index, [['held'], ['received', 'refund_due'], ['received']][index % 3]]);
    expect((await orderOf(order)).status).toBe(index % 3 === 0 ? 'pending' : 'paid');
  }
});

test('what is known of a payment never changes, not even by psql', async () => {
  const order = await place();
  const { paymentId } = (await tell(succeeded(order))).body;
  const attempt = (sql: string) => shop.query(`${sql} WHERE id = $1::uuid`, [paymentId]);
  for (const change of ["amount = '1.00'", "currency = 'EUR'", "provider_reference = 'x'", 'order_id = NULL', 'received_at = now()'])
    await expect(attempt(`UPDATE payments SET ${change}`)).rejects.toThrow(/never changes|is append-only/);
  await expect(attempt("UPDATE payments SET status = 'held'")).rejects.toThrow('cannot go from received to held');
  await expect(attempt('DELETE FROM payments')).rejects.toThrow(/permission denied|never changed or deleted/);
  await expect(shop.query('UPDATE payment_events SET amount = 1 WHERE payment_id = $1::uuid', [paymentId])).rejects.toThrow();
  expect((await paymentsOf(order))[0]).toMatchObject({ id: paymentId, status: 'received', amount: '20.00' });
});
