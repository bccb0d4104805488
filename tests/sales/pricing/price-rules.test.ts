import { useShop } from '../../support/use-shop';

const { shop, manager, customer } = useShop({ manager: 'manager', customer: 'customer' });

const make = (path: string, body: object) => shop.call('post', path, { token: manager.token, body });
const count = (table: string) => shop.query(`SELECT count(*)::int AS rows FROM ${table}`);

describe('tax rates', () => {
  const german = { country: 'DE', name: 'USt.', rate: 19 };

  test('follow one another without a gap, and never overlap', async () => {
    const made = await make('/v1/tax-rates', { ...german, validTo: '2027-01-01T00:00:00.000Z' });
    expect(made.body).toMatchObject({ ...german, region: null, taxClass: 'standard', validFrom: null, version: 1 });
    const later = { ...german, rate: 20.5, validFrom: '2026-12-31T23:59:59.999Z' };
    expect((await make('/v1/tax-rates', later)).body).toMatchObject({ status: 409, code: 'tax_rates_overlap' });
    expect(await count('tax_rates')).toEqual([{ rows: 1 }]);
    expect((await make('/v1/tax-rates', { ...later, validFrom: '2027-01-01T00:00:00.000Z' })).body).toMatchObject({ rate: 20.5 });
    expect((await make('/v1/tax-rates', { ...german, region: 'BY' })).status).toBe(201);
    expect((await make('/v1/tax-rates', { ...german, taxClass: 'reduced', rate: 7 })).status).toBe(201);
    expect((await shop.call('get', '/v1/tax-rates?country=DE')).body.data).toHaveLength(4);
  });

  test('refuse a country by name, a rate above 100, and an end before the start', async () => {
    const before = await count('tax_rates');
    const refusedAt = async (body: object) => (await make('/v1/tax-rates', { ...german, taxClass: 'odd', ...body })).body;
    expect(await refusedAt({ country: 'Germany' })).toMatchObject({ status: 422, errors: [{ pointer: '/country' }] });
    expect(await refusedAt({ rate: 100.5 })).toMatchObject({ status: 422, errors: [{ pointer: '/rate' }] });
    const turned = { validFrom: '2026-02-01T00:00:00.000Z', validTo: '2026-01-01T00:00:00.000Z' };
    expect(await refusedAt(turned)).toMatchObject({ status: 422, errors: [{ pointer: '/validTo' }] });
    expect(await count('tax_rates')).toEqual(before);
  });
});

describe('shipping methods', () => {
  const bands = [
    { upTo: '50.00', price: '4.90' },
    { upTo: null, price: '0.00' },
  ];

  test('are shown to everybody while they are active', async () => {
    const made = await make('/v1/shipping-methods', { code: 'standard', name: 'Standard', countries: ['DE'], bands });
    expect(made.body).toMatchObject({ bands, countries: ['DE'], basis: 'subtotal', currency: 'USD', isActive: true });
    await make('/v1/shipping-methods', { code: 'hidden', name: 'Hidden', isActive: false, bands });
    const listed = await shop.call('get', '/v1/shipping-methods?fields=code');
    expect(listed.body.data).toEqual([{ code: 'standard' }]);
    expect((await shop.call('get', '/v1/shipping-methods?fields=code', { token: manager.token })).body.data).toHaveLength(2);
  });

  test.each([
    ['that fall', [bands[1], bands[0]], '/bands/1/upTo'],
    ['of equal ends', [bands[0], bands[0]], '/bands/1/upTo'],
    ['with fractions of a yen', [{ upTo: null, price: '1.50' }], '/bands/0/price'],
  ])('refuse bands %s, in the API and in the database', async (_, given, pointer) => {
    const before = await count('shipping_methods');
    const body = { code: 'odd', name: 'Odd', currency: pointer.endsWith('price') ? 'JPY' : 'USD', bands: given };
    expect((await make('/v1/shipping-methods', body)).body).toMatchObject({ status: 422, code: 'invalid_body', errors: [{ pointer }] });
    const values = [body.currency, JSON.stringify(given)];
    const byHand = shop.query(
      `INSERT INTO shipping_methods (id, code, name, currency, bands) VALUES (uuid_v7(), 'odd', 'Odd', $1, $2::jsonb)`,
      values,
    );
    await expect(byHand).rejects.toThrow('shipping_methods_bands_check');
    expect(await count('shipping_methods')).toEqual(before);
  });
});

describe('discount codes', () => {
  const tenPercent = { code: 'SPRING-10', kind: 'percent', value: '10.00', usageLimit: 5 };

  test('are unique in any case, and nobody but staff sees them', async () => {
    const made = await make('/v1/discount-codes', tenPercent);
    expect(made.body).toMatchObject({ ...tenPercent, usedCount: 0, currency: null, productIds: [], isActive: true });
    expect((await make('/v1/discount-codes', { ...tenPercent, code: 'spring-10' })).body).toMatchObject({
      status: 409,
      code: 'value_taken',
    });
    for (const token of [customer.token, undefined]) {
      const { status } = await shop.call('get', `/v1/discount-codes/${made.body.id}`, token === undefined ? {} : { token });
      expect(status).toBe(token === undefined ? 401 : 403);
    }
  });

  test.each([
    ['more than everything', { value: '100.01' }, '/value'],
    ['nothing', { value: '0.00' }, '/value'],
    ['an amount without a currency', { kind: 'amount' }, '/currency'],
    ['half a yen', { kind: 'amount', currency: 'JPY', value: '0.5' }, '/value'],
    ['a value beside free shipping', { kind: 'free_shipping' }, '/value'],
    ['a product that is not there', { productIds: ['01890a5d-ac96-774b-bcce-b302099a8057'] }, '/productIds/0'],
  ])('refuse %s', async (_, given, pointer) => {
    const before = await count('discount_codes');
    const refused = await make('/v1/discount-codes', { ...tenPercent, code: 'ODD', ...given });
    expect(refused.body).toMatchObject({ status: 422, code: 'invalid_body', errors: [{ pointer }] });
    expect(await count('discount_codes')).toEqual(before);
  });

  test('have their uses counted by orders alone, against psql, too', async () => {
    const forged = shop.query(`UPDATE discount_codes SET used_count = 3 WHERE code = 'SPRING-10'`);
    await expect(forged).rejects.toThrow('orders alone count the uses');
  });
});
