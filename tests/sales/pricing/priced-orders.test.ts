import { signUp } from '../../factories/people';
import { makeProduct, stockOf } from '../../factories/products';
import { useShop } from '../../support/use-shop';

const { shop, manager, buyer } = useShop({ manager: 'manager', buyer: 'customer' });

const manage = async (path: string, body: object) => {
  const made = await shop.call('post', path, { token: manager.token, body });
  expect(made.status).toBe(201);
  return made.body;
};
const inGermany = { shippingAddress: { city: 'Berlin', country: 'DE' } };
const linesOf = (ids: readonly string[], quantity = 1) => ids.map((productId) => ({ productId, quantity }));
const quote = (body: object, token?: string) => shop.call('post', '/v1/orders/quote', { body, ...(token !== undefined && { token }) });
const place = (body: object, { token } = buyer) => shop.call('post', '/v1/orders', { token, body: { paymentMethod: 'external', ...body } });

/** What a quote and an order have in common. */
const priceOf = ({
  subtotal,
  discount,
  shipping,
  shippingTax,
  tax,
  total,
  currency,
  shippingMethod,
  discountCode,
}: Record<string, unknown>) => ({
  subtotal,
  discount,
  shipping,
  shippingTax,
  tax,
  total,
  currency,
  shippingMethod,
  discountCode,
});

beforeAll(async () => {
  await manage('/v1/tax-rates', { country: 'DE', name: 'USt.', rate: 19 });
  await manage('/v1/tax-rates', { country: 'DE', taxClass: 'reduced', name: 'USt.', rate: 7 });
  await manage('/v1/tax-rates', { country: 'US', region: 'CA', name: 'Sales tax', rate: 7.25 });
  const bands = [
    { upTo: '50.00', price: '4.90' },
    { upTo: '500.00', price: '0.00' },
  ];
  await manage('/v1/shipping-methods', { code: 'standard', name: 'Standard', countries: ['DE'], bands });
  const byWeight = [
    { upTo: '1000', price: '3.00' },
    { upTo: null, price: '9.00' },
  ];
  await manage('/v1/shipping-methods', { code: 'parcel', name: 'Parcel', basis: 'weight', bands: byWeight });
});

test('quotes an order to the cent, and places it for exactly that', async () => {
  const book = await makeProduct(shop, manager, { price: '12.50', taxClass: 'reduced' });
  const lamp = await makeProduct(shop, manager, { price: '33.33' });
  const body = { items: linesOf([book, lamp], 1), ...inGermany, shippingMethod: 'standard' };
  const quoted = await quote(body);
  expect(quoted.body).toMatchObject({
    subtotal: '45.83',
    discount: '0.00',
    shipping: '4.90',
    shippingTax: '0.93',
    tax: '8.14',
    total: '58.87',
    taxes: [
      { rate: 7, base: '12.50', tax: '0.88' },
      { rate: 19, base: '38.23', tax: '7.26' },
    ],
  });
  const placed = await place({ ...body, expectedTotal: '58.87' });
  expect(placed.status).toBe(201);
  expect(priceOf(placed.body)).toEqual(priceOf(quoted.body));
  expect(placed.body.items).toMatchObject([
    { tax: '0.88', taxRate: 7, discount: '0.00' },
    { tax: '6.33', taxRate: 19 },
  ]);
});

test('takes the rate of the region, and none where no rate is known', async () => {
  const items = linesOf([await makeProduct(shop, manager, { price: '100.00' })]);
  const taxIn = async (shippingAddress: object) => (await quote({ items, shippingAddress })).body.tax;
  expect(await taxIn({ country: 'US', region: 'CA' })).toBe('7.25');
  expect(await taxIn({ country: 'US', region: 'NY' })).toBe('0.00');
  expect(await taxIn({ city: 'Berlin' })).toBe('0.00');
  expect((await quote({ items, shippingAddress: { country: 'Germany' } })).body).toMatchObject({
    status: 422,
    errors: [{ pointer: '/shippingAddress' }],
  });
});

test('divides a discount among the lines it is for, by the largest remainder', async () => {
  const ids = [await makeProduct(shop, manager, { price: '10.00' }), await makeProduct(shop, manager, { price: '10.00' })];
  const other = await makeProduct(shop, manager, { price: '10.00' });
  await manage('/v1/discount-codes', { code: 'ONE-CENT-OFF', kind: 'amount', value: '0.03', currency: 'USD', productIds: ids });
  const { body } = await quote({ items: linesOf([...ids, other]), discountCode: 'one-cent-off' });
  expect(body).toMatchObject({ discount: '0.03', total: '29.97', discountCode: 'ONE-CENT-OFF' });
  expect(body.items.map(({ discount }: { discount: string }) => discount).sort()).toEqual(['0.00', '0.01', '0.02']);
  const all = await quote({ items: linesOf([...ids, other]) });
  expect(all.body).toMatchObject({ discount: '0.00', total: '30.00', discountCode: null });
});

test('gives a discount on a category to the products of its whole subtree, and to no others', async () => {
  const top = await manage('/v1/categories', { name: 'Teas' });
  const below = await manage('/v1/categories', { name: 'Green teas', parentId: top.id });
  const aside = await manage('/v1/categories', { name: 'Mugs' });
  const inCategory = (categoryId: string) => makeProduct(shop, manager, { price: '10.00', categoryId });
  const items = linesOf([await inCategory(below.id), await inCategory(aside.id), await makeProduct(shop, manager, { price: '10.00' })]);
  await manage('/v1/discount-codes', { code: 'TEA', kind: 'percent', value: '50.00', categoryIds: [top.id] });
  const { body } = await quote({ items, discountCode: 'TEA' });
  expect(body).toMatchObject({ discount: '5.00', total: '25.00' });
  expect(body.items.map(({ discount }: { discount: string }) => discount)).toEqual(['5.00', '0.00', '0.00']);
});

test('never takes more than the lines cost, and ships free where a code says so', async () => {
  const id = await makeProduct(shop, manager, { price: '2.00' });
  await manage('/v1/discount-codes', { code: 'FIFTY', kind: 'amount', value: '50.00', currency: 'USD' });
  await manage('/v1/discount-codes', { code: 'FREE', kind: 'free_shipping' });
  expect((await quote({ items: linesOf([id]), discountCode: 'FIFTY' })).body).toMatchObject({ discount: '2.00', total: '0.00' });
  const shipped = { items: linesOf([id]), ...inGermany, shippingMethod: 'standard' };
  expect((await quote(shipped)).body).toMatchObject({ shipping: '4.90', shippingTax: '0.93', total: '8.21' });
  expect((await quote({ ...shipped, discountCode: 'FREE' })).body).toMatchObject({ shipping: '0.00', shippingTax: '0.00', total: '2.38' });
});

test('prices shipping by weight, and refuses what a method does not ship', async () => {
  const brick = await makeProduct(shop, manager, { price: '300.00', weightGrams: 600 });
  const shippingOf = async (quantity: number) =>
    (await quote({ items: linesOf([brick], quantity), shippingMethod: 'parcel' })).body.shipping;
  expect(await shippingOf(1)).toBe('3.00');
  expect(await shippingOf(2)).toBe('9.00');
  const refusedFor = async (body: object) => (await place({ items: linesOf([brick], 2), ...body })).body;
  const unavailable = (code: string) => ({ status: 422, code: 'shipping_unavailable', errors: [{ pointer: '/shippingMethod', code }] });
  expect(await refusedFor({ shippingMethod: 'pigeon' })).toMatchObject(unavailable('unknown'));
  expect(await refusedFor({ shippingMethod: 'standard' })).toMatchObject(unavailable('no_country'));
  const inFrance = { shippingMethod: 'standard', shippingAddress: { country: 'FR' } };
  expect(await refusedFor(inFrance)).toMatchObject(unavailable('other_country'));
  expect(await refusedFor({ ...inGermany, shippingMethod: 'standard' })).toMatchObject(unavailable('beyond_bands'));
  expect(await stockOf(shop, brick)).toEqual({ stock: 10, ledger: 10 });
});

test('refuses a code that does not hold, each with its own reason, and takes nothing', async () => {
  const id = await makeProduct(shop, manager, { price: '20.00' });
  const yen = await makeProduct(shop, manager, { price: '20', currency: 'JPY' });
  const percent = { kind: 'percent', value: '10.00' };
  await manage('/v1/discount-codes', { ...percent, code: 'LATER', validFrom: '2099-01-01T00:00:00.000Z' });
  await manage('/v1/discount-codes', { ...percent, code: 'PAST', validTo: '2020-01-01T00:00:00.000Z' });
  await manage('/v1/discount-codes', { ...percent, code: 'OFF', isActive: false });
  await manage('/v1/discount-codes', { ...percent, code: 'FROM-50', minimum: '50.00', currency: 'USD' });
  await manage('/v1/discount-codes', { ...percent, code: 'YEN', productIds: [yen] });
  const refusals = [
    ['NOWHERE', 422, 'discount_code_unknown', 'unknown'],
    ['OFF', 422, 'discount_code_unknown', 'unknown'],
    ['LATER', 409, 'discount_code_not_applicable', 'not_yet'],
    ['PAST', 409, 'discount_code_expired', 'expired'],
    ['FROM-50', 409, 'discount_code_not_applicable', 'below_minimum'],
    ['YEN', 409, 'discount_code_not_applicable', 'not_applicable'],
  ] as const;
  for (const [discountCode, status, code, reason] of refusals) {
    const refused = { status, code, errors: [{ pointer: '/discountCode', code: reason }] };
    expect((await place({ items: linesOf([id]), discountCode })).body).toMatchObject(refused);
    expect((await quote({ items: linesOf([id]), discountCode })).body).toMatchObject(refused);
  }
  const inYen = await place({ items: linesOf([yen]), discountCode: 'FROM-50' });
  expect(inYen.body.errors).toMatchObject([{ code: 'other_currency' }]);
  expect(await stockOf(shop, id)).toEqual({ stock: 10, ledger: 10 });
  expect(await shop.query('SELECT sum(used_count)::int AS uses FROM discount_codes')).toEqual([{ uses: 0 }]);
});

test('lets a code be used exactly as often as it says by 60 orders at once, and gives back the use of a cancelled one', async () => {
  const id = await makeProduct(shop, manager, { price: '1.00', stockQuantity: 100 });
  const { id: codeId } = await manage('/v1/discount-codes', { code: 'SEVEN', kind: 'percent', value: '50.00', usageLimit: 7 });
  const buy = () => place({ items: linesOf([id]), discountCode: 'seven' });
  const answers = await Promise.all(Array.from({ length: 60 }, buy));
  const placed = answers.filter(({ status }) => status === 201);
  expect(placed).toHaveLength(7);
  expect(new Set(answers.filter(({ status }) => status !== 201).map(({ body }) => body.code))).toEqual(new Set(['discount_code_used_up']));
  const used = async () => (await shop.call('get', `/v1/discount-codes/${codeId}`, { token: manager.token })).body;
  expect(await used()).toMatchObject({ usedCount: 7, version: 1 });
  expect(await shop.query('SELECT action FROM audit_logs WHERE record_id = $1::uuid', [codeId])).toEqual([{ action: 'CREATE' }]);
  const cancelled = await shop.call('post', `/v1/orders/${placed[0]?.body.id}/cancel`, { token: buyer.token });
  expect(cancelled.status).toBe(200);
  expect(await used()).toMatchObject({ usedCount: 6 });
  expect((await buy()).status).toBe(201);
  expect((await buy()).body.code).toBe('discount_code_used_up');
  expect(await stockOf(shop, id)).toEqual({ stock: 93, ledger: 93 });
});

test('lets one customer use a code once, also with two orders at once', async () => {
  const id = await makeProduct(shop, manager, { price: '1.00', stockQuantity: 100 });
  await manage('/v1/discount-codes', { code: 'WELCOME', kind: 'percent', value: '50.00', usageLimitPerCustomer: 1 });
  const buy = (person = buyer) => place({ items: linesOf([id]), discountCode: 'WELCOME' }, person);
  const statuses = (await Promise.all([buy(), buy(), buy()])).map(({ status }) => status);
  expect(statuses.sort()).toEqual([201, 409, 409]);
  expect((await buy(await signUp(shop))).status).toBe(201);
  const forged = shop.query(
    `UPDATE orders SET discount_code_id = (SELECT id FROM discount_codes WHERE code = 'WELCOME') WHERE discount_code = 'SEVEN'`,
  );
  await expect(forged).rejects.toThrow('has used its discount code');
});
