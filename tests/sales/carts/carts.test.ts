import { signUp } from '../../factories/people';
import { makeProduct, stockOf } from '../../factories/products';
import { useShop } from '../../support/use-shop';
import { guestCart } from './support/carts';

const { shop, manager, auditor, buyer } = useShop({ manager: 'manager', auditor: 'auditor', buyer: 'customer' });

const manage = async (path: string, body: object) =>
  expect((await shop.call('post', path, { token: manager.token, body })).status).toBe(201);
const asGuest = (token: string) => ({ headers: { 'X-Guest-Token': token } });

beforeAll(async () => {
  await manage('/v1/tax-rates', { country: 'DE', name: 'USt.', rate: 19 });
  await manage('/v1/shipping-methods', { code: 'standard', name: 'Standard', countries: ['DE'], bands: [{ upTo: null, price: '4.90' }] });
  await manage('/v1/discount-codes', { code: 'TEN', kind: 'percent', value: '10' });
  await manage('/v1/discount-codes', { code: 'OVER-100', kind: 'percent', value: '10', minimum: '100.00', currency: 'USD' });
});

test('gives a guest a cart with a token, and every answer the exact quote of the order that it becomes', async () => {
  const product = await makeProduct(shop, manager, { price: '33.33' });
  const guest = await guestCart(shop, [{ productId: product, quantity: 1 }]);
  expect(guest.token).toMatch(/^[\w-]{43}$/);
  const priced = await guest.call('patch', '', {
    shippingAddress: { city: 'Berlin', country: 'DE' },
    shippingMethod: 'standard',
    discountCode: 'ten',
  });
  expect(priced.status).toBe(200);
  expect(priced.body.quote).toMatchObject({
    items: [{ productId: product, quantity: 1, unitPrice: '33.33', discount: '3.33', tax: '5.70', taxRate: 19, available: 10 }],
    subtotal: '33.33',
    discount: '3.33',
    shipping: '4.90',
    shippingTax: '0.93',
    tax: '6.63',
    total: '41.53',
    discountCode: 'TEN',
    problems: [],
  });
  const { total } = priced.body.quote;
  const ordered = await guest.call('post', '/checkout', { expectedTotal: total });
  expect(ordered.status).toBe(201);
  expect(ordered.body).toMatchObject({
    total,
    userId: null,
    email: 'guest@example.com',
    status: 'pending',
    shippingMethod: 'standard',
    discountCode: 'TEN',
  });
  expect((await guest.call('get')).body).toMatchObject({ status: 'ordered', orderId: ordered.body.id, quote: null });
});

test('stores the token as a hash, and shows it nowhere again', async () => {
  const guest = await guestCart(shop, []);
  expect((await guest.call('get')).body).not.toHaveProperty('token');
  const rows = await shop.query<{ found: boolean }>(
    `SELECT to_jsonb(c)::text LIKE '%' || $1 || '%' AS found FROM carts c UNION ALL SELECT to_jsonb(a)::text LIKE '%' || $1 || '%' FROM audit_logs a`,
    [guest.token],
  );
  expect(rows.filter(({ found }) => found)).toEqual([]);
});

test('shows a cart and its order to nobody without the token, and the order to the guest', async () => {
  const product = await makeProduct(shop, manager);
  const guest = await guestCart(shop, [{ productId: product, quantity: 2 }]);
  const other = await guestCart(shop, [{ productId: product, quantity: 1 }]);
  const order = (await guest.call('post', '/checkout', {})).body;
  const path = `/v1/orders/${order.id}`;
  for (const [call, status] of [
    [{}, 401],
    [asGuest(other.token), 404],
    [{ token: buyer.token }, 404],
    [asGuest(guest.token), 200],
    [{ token: manager.token }, 200],
  ] as const) {
    expect((await shop.call('get', path, call)).status).toBe(status);
    expect((await shop.call('get', `/v1/carts/${guest.id}`, call)).status).toBe(status);
  }
  expect((await shop.call('get', '/v1/orders', asGuest(guest.token))).body.data.map(({ id }: { id: string }) => id)).toEqual([order.id]);
  expect((await shop.call('get', path, asGuest('short'))).body).toMatchObject({
    status: 400,
    errors: [{ pointer: 'X-Guest-Token', code: 'malformed' }],
  });
  expect((await shop.call('post', `${path}/cancel`, asGuest(other.token))).status).toBe(404);
  expect((await shop.call('post', `${path}/cancel`, asGuest(guest.token))).body.status).toBe('cancelled');
  expect(await stockOf(shop, product)).toEqual({ stock: 10, ledger: 10 });
});

test('lets staff who read all carts change none, unless they may', async () => {
  const product = await makeProduct(shop, manager);
  const guest = await guestCart(shop, [{ productId: product, quantity: 1 }]);
  const before = (await guest.call('get')).body;
  const path = `/v1/carts/${guest.id}`;
  for (const [method, below, body] of [
    ['patch', '', { note: 'Mine now' }],
    ['delete', '', undefined],
    ['post', '/items', { items: [{ productId: product, quantity: 1 }] }],
    ['post', '/hold', undefined],
    ['post', '/checkout', {}],
  ] as const) {
    expect((await shop.call(method, `${path}${below}`, { token: auditor.token, body })).body).toMatchObject({
      status: 403,
      code: 'forbidden',
    });
  }
  expect((await guest.call('get')).body).toEqual(before);
  expect((await shop.call('patch', path, { token: manager.token, body: { note: 'Called' } })).status).toBe(200);
});

test('adds, changes and removes lines, by product or SKU', async () => {
  const product = await makeProduct(shop, manager, { sku: 'CART-SKU' });
  const guest = await guestCart(shop, []);
  expect((await guest.call('get')).body.quote).toBeNull();
  const added = await guest.call('post', '/items', {
    items: [
      { sku: 'cart-sku', quantity: 2 },
      { productId: product, quantity: 1 },
    ],
  });
  expect(added.body.quote.items).toMatchObject([{ productId: product, quantity: 3 }]);
  const [{ id: line }] = added.body.quote.items;
  expect((await guest.call('patch', `/items/${line}`, { quantity: 5 })).body.quote.items).toMatchObject([{ quantity: 5 }]);
  expect((await guest.call('delete', `/items/${line}`)).body.quote).toBeNull();
  expect((await guest.call('delete', `/items/${line}`)).status).toBe(404);
  for (const quantity of [0, -1, 1.5, 10_001]) {
    expect((await guest.call('post', '/items', { items: [{ productId: product, quantity }] })).status).toBe(422);
  }
});

test('refuses a product that is not for sale and a code that does not hold, and changes nothing', async () => {
  const hidden = await makeProduct(shop, manager, { status: 'inactive' });
  const product = await makeProduct(shop, manager);
  const guest = await guestCart(shop, [{ productId: product, quantity: 1 }]);
  const before = (await guest.call('get')).body;
  expect((await guest.call('post', '/items', { items: [{ productId: hidden, quantity: 1 }] })).body).toMatchObject({
    status: 422,
    code: 'product_unavailable',
    errors: [{ pointer: '/items/0/productId' }],
  });
  expect((await guest.call('patch', '', { discountCode: 'NO-SUCH' })).body).toMatchObject({ status: 422, code: 'discount_code_unknown' });
  expect((await guest.call('patch', '', { discountCode: 'OVER-100' })).body).toMatchObject({
    status: 409,
    code: 'discount_code_not_applicable',
  });
  expect((await guest.call('patch', '', { shippingMethod: 'standard' })).body).toMatchObject({ status: 422, code: 'shipping_unavailable' });
  expect((await guest.call('get')).body).toEqual(before);
});

test('shows what keeps a cart from being ordered, and refuses its check-out with the same', async () => {
  const product = await makeProduct(shop, manager, { stockQuantity: 1, name: 'Last one' });
  const guest = await guestCart(shop, [{ productId: product, quantity: 2 }]);
  const message = '2 requested, 1 available of Last one.';
  expect((await guest.call('get')).body.quote.problems).toEqual([
    { pointer: '/quote/items/0/quantity', code: 'insufficient_stock', message },
  ]);
  expect((await guest.call('post', '/checkout', {})).body).toMatchObject({ status: 409, code: 'insufficient_stock' });
  expect((await guest.call('get')).body.status).toBe('open');
  const empty = await guestCart(shop, [], { email: null });
  expect((await empty.call('post', '/checkout', {})).body).toMatchObject({
    status: 422,
    code: 'cart_incomplete',
    errors: [{ pointer: '/quote/items' }, { pointer: '/email' }],
  });
  const rich = await guestCart(shop, [{ productId: product, quantity: 1 }]);
  expect((await rich.call('post', '/checkout', { paymentMethod: 'balance' })).body).toMatchObject({
    status: 422,
    errors: [{ pointer: '/paymentMethod' }],
  });
});

test('becomes an order once, however often and at once it is checked out', async () => {
  const product = await makeProduct(shop, manager);
  const guest = await guestCart(shop, [{ productId: product, quantity: 3 }]);
  const replies = await Promise.all(Array.from({ length: 8 }, () => guest.call('post', '/checkout', {})));
  expect(replies.map(({ status }) => status).sort()).toEqual([200, 200, 200, 200, 200, 200, 200, 201]);
  expect(new Set(replies.map(({ body }) => body.id)).size).toBe(1);
  expect(await stockOf(shop, product)).toEqual({ stock: 7, ledger: 7 });
  expect((await guest.call('patch', '', { note: 'late' })).body).toMatchObject({ status: 409, code: 'cart_not_open' });
  expect((await guest.call('post', '/items', { items: [{ productId: product, quantity: 1 }] })).body).toMatchObject({
    status: 409,
    code: 'cart_not_open',
  });
});

test('gives the cart and the order of a guest to who signs up and has the token, once', async () => {
  const product = await makeProduct(shop, manager);
  const guest = await guestCart(shop, [{ productId: product, quantity: 1 }]);
  const order = (await guest.call('post', '/checkout', {})).body;
  const person = await signUp(shop, 'customer');
  const claim = () => shop.call('post', '/v1/carts/claim', { token: person.token, body: { token: guest.token } });
  expect((await claim()).body).toMatchObject({ id: guest.id, userId: person.id });
  expect((await claim()).status).toBe(404);
  expect((await shop.call('get', `/v1/orders/${order.id}`, { token: person.token })).body.userId).toBe(person.id);
  expect((await shop.call('get', `/v1/orders/${order.id}`, asGuest(guest.token))).status).toBe(404);
});
