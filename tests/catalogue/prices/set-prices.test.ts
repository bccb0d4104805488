import { makeProduct } from '../../factories/products';
import { useShop } from '../../support/use-shop';
import { inDays, priceCalls } from './support/price-calls';

const { shop, manager } = useShop({ manager: 'manager' });
const { read, set, end, patch, timeline } = priceCalls(shop, manager);

test('refuses a sale above the regular price, in any part of its span and whichever comes second, and changes nothing', async () => {
  const id = await makeProduct(shop, manager);
  await set(id, { amount: '6.00', validFrom: inDays(5) });
  await set(id, { amount: '9.00', validFrom: inDays(6) });
  const known = await timeline(id);
  const above = { status: 409, code: 'sale_above_regular' };
  for (const body of [
    { kind: 'sale', amount: '10.01' },
    { kind: 'sale', amount: '7.00', validFrom: inDays(4), validTo: inDays(5.1) },
    { kind: 'sale', amount: '7.00', validFrom: inDays(4) },
  ]) {
    expect((await set(id, body)).body).toMatchObject(above);
  }
  expect(await timeline(id)).toEqual(known);
  expect((await set(id, { kind: 'sale', amount: '8.00', validFrom: inDays(1), validTo: inDays(2) })).status).toBe(201);
  expect((await patch(id, { price: '7.99' })).body).toMatchObject({ ...above, detail: expect.stringContaining('8.00') });
  expect((await set(id, { amount: '7.99' })).body).toMatchObject(above);
  expect((await set(id, { amount: '7.99', validFrom: inDays(1.5) })).body).toMatchObject(above);
  expect(await read(id)).toMatchObject({ price: '10.00' });
  await expect(shop.query(`UPDATE products SET price = 7.99 WHERE id = $1::uuid`, [id])).rejects.toThrow('above its regular price');
  expect((await patch(id, { price: '8.00' })).status).toBe(200);
});

test('refuses overlapping prices, a span of no length, a start in the past and an amount that the currency does not have', async () => {
  const id = await makeProduct(shop, manager);
  const start = inDays(1);
  await set(id, { kind: 'sale', amount: '8.00', validFrom: start, validTo: inDays(2) });
  await set(id, { amount: '9.00', validFrom: start });
  const known = await timeline(id);
  const overlap = { status: 409, code: 'prices_overlap' };
  expect((await set(id, { kind: 'sale', amount: '7.00', validFrom: inDays(1.5) })).body).toMatchObject(overlap);
  expect((await set(id, { kind: 'sale', amount: '7.00' })).body).toMatchObject(overlap);
  expect((await set(id, { amount: '9.50', validFrom: start })).body).toMatchObject(overlap);
  const refused = async (body: object, pointer: string, code: string) =>
    expect((await set(id, body)).body).toMatchObject({ status: 422, errors: [{ pointer, code }] });
  const third = inDays(3);
  await refused({ kind: 'sale', amount: '7.00', validFrom: third, validTo: third }, '/validTo', 'too_early');
  await refused({ kind: 'sale', amount: '7.00', validTo: inDays(-1) }, '/validTo', 'too_early');
  await refused({ amount: '7.00', validFrom: inDays(-1) }, '/validFrom', 'in_past');
  await refused({ amount: '7.00', validTo: inDays(1) }, '/validTo', 'not_allowed');
  await refused({ amount: '7.50', currency: 'JPY' }, '/amount', 'too_precise');
  await refused({ amount: '7.5055', currency: 'KWD' }, '/amount', 'too_precise');
  await refused({ amount: '1000000.00' }, '/amount', 'too_large');
  await refused({ amount: '-1.00' }, '/amount', 'too_small');
  expect((await set(id, { kind: 'sale', amount: '7.00', currency: 'EUR' })).body).toMatchObject({ status: 409, code: 'no_regular_price' });
  expect(await timeline(id)).toEqual(known);
});

test('withdraws a scheduled price, ends a sale now, and keeps what was in force, against psql, too', async () => {
  const id = await makeProduct(shop, manager);
  const scheduled = await set(id, { amount: '12.00', validFrom: inDays(1) });
  const next = await set(id, { amount: '13.00', validFrom: inDays(2) });
  const sale = await set(id, { kind: 'sale', amount: '8.00' });
  expect((await timeline(id))[0]).toMatchObject({ validTo: scheduled.body.validFrom });
  expect((await end(id, scheduled.body.id)).status).toBe(204);
  const [opening, running, last] = await timeline(id);
  expect([opening, last]).toMatchObject([
    { amount: '10.00', validTo: next.body.validFrom },
    { id: next.body.id, validTo: null },
  ]);
  expect((await end(id, sale.body.id)).status).toBe(204);
  expect(await read(id)).toMatchObject({ price: '10.00', priorPrice: null });
  for (const over of [opening?.id, running?.id]) expect((await end(id, over)).body).toMatchObject({ status: 409, code: 'price_in_force' });
  expect((await end(id, scheduled.body.id)).status).toBe(404);
  const known = await timeline(id);
  const forge = (sql: string) => shop.query(sql, [id]);
  await expect(forge('DELETE FROM price_entries WHERE product_id = $1::uuid')).rejects.toThrow('never deleted');
  await expect(forge('UPDATE price_entries SET amount = 1 WHERE product_id = $1::uuid')).rejects.toThrow('never changed');
  await expect(forge(`UPDATE price_entries SET valid_to = NULL WHERE product_id = $1::uuid AND kind = 'sale'`)).rejects.toThrow('over');
  await expect(
    forge(`UPDATE price_entries SET valid_to = now() WHERE product_id = $1::uuid AND kind = 'regular' AND valid_from < now()`),
  ).rejects.toThrow('without a regular price');
  await forge(
    'UPDATE products SET regular_price = 99, prior_price = 98, price_changes_at = NULL, on_sale_until = now() WHERE id = $1::uuid',
  );
  expect(await timeline(id)).toEqual(known);
  expect(await read(id)).toMatchObject({ price: '10.00', regularPrice: '10.00', priorPrice: null, onSaleUntil: null });
});

test('a new currency ends the prices in the old one', async () => {
  const id = await makeProduct(shop, manager);
  await set(id, { amount: '12.00', validFrom: inDays(1) });
  await set(id, { amount: '9.50', currency: 'EUR' });
  expect((await patch(id, { currency: 'EUR', price: '9.00' })).body).toMatchObject({ currency: 'EUR', price: '9.00' });
  const entries = (await timeline(id)).map(({ amount, currency, validTo }) => [amount, currency, validTo === null]);
  expect(entries).toEqual([
    ['10.00', 'USD', false],
    ['9.50', 'EUR', false],
    ['9.00', 'EUR', true],
  ]);
  const flat = await makeProduct(shop, manager);
  expect((await patch(flat, { currency: 'JPY' })).body).toMatchObject({ currency: 'JPY', price: '10.00' });
  expect((await timeline(flat)).map(({ amount, currency }) => `${amount} ${currency}`)).toEqual(['10.00 USD', '10.00 JPY']);
});

test('one statement changes many prices as statements of one row do, also with other columns, currencies and rows that are there', async () => {
  const make = async () => {
    const plain = await makeProduct(shop, manager);
    const changed = await makeProduct(shop, manager);
    await patch(changed, { price: '11.00' });
    const same = await makeProduct(shop, manager, { price: '12.00' });
    const onSale = await makeProduct(shop, manager);
    await set(onSale, { kind: 'sale', amount: '8.00', validTo: inDays(1) });
    const scheduled = await makeProduct(shop, manager);
    await set(scheduled, { amount: '9.00', validFrom: inDays(1) });
    return [plain, changed, same, onSale, scheduled];
  };
  const [many, single] = [await make(), await make()];
  const shown = async (ids: readonly string[]) =>
    Promise.all(
      ids.map(async (id) => {
        const { price, currency, regularPrice, priorPrice } = await read(id);
        const entries = (await timeline(id)).map((entry) => [entry.kind, entry.amount, entry.currency, entry.validTo === null]);
        return { price, currency, regularPrice, priorPrice, entries };
      }),
    );
  const change = async (sql: string) => {
    await shop.query(sql, [many]);
    for (const id of single) await shop.query(sql, [[id]]);
    expect(await shown(many)).toEqual(await shown(single));
  };
  const those = 'WHERE id = ANY ($1::uuid[])';
  await change(`UPDATE products SET price = 12, view_count = view_count + 1 ${those}`);
  expect((await shown(many)).map(({ price, entries }) => `${price} ${entries.length}`)).toEqual([
    '12.00 2',
    '12.00 3',
    '12.00 0',
    '8.00 3',
    '12.00 3',
  ]);
  const conflicting = `SELECT id, name, slug, sku, 13 FROM products ${those} ON CONFLICT (id) DO UPDATE SET price = EXCLUDED.price`;
  await change(`INSERT INTO products (id, name, slug, sku, price) ${conflicting}`);
  await change(`UPDATE products p SET price = p.price + x.more FROM (SELECT 1 AS more) x ${those}`);
  await change(`UPDATE products SET price = 15, currency = 'EUR' ${those}`);
  await change(`UPDATE products SET price = 16, currency = 'USD' ${those}`);
  const known = await shown(many);
  for (const wrong of ['price = NULL', `price = 17, currency = 'eur'`, `price = 17.5, currency = 'JPY'`, `price = 'NaN'`]) {
    await expect(shop.query(`UPDATE products SET ${wrong} ${those}`, [many])).rejects.toThrow(/products/);
  }
  expect(await shown(many)).toEqual(known);
});

test('changes the prices of a filter by an expression and a rule, as one change set, with a preview', async () => {
  const brand = 'Changed';
  const ids = [];
  for (const price of ['10.00', '0.50', '24.95']) ids.push(await makeProduct(shop, manager, { brand, price }));
  const change = (body: object, query = '') =>
    shop.call('post', `/v1/products/price-changes${query}`, { token: manager.token, body: { filter: { brand }, limit: 3, ...body } });
  const up = { change: { percent: '5', round: { multiple: '1.00', minus: '0.01' } } };
  const preview = await change(up, '?dryRun=true');
  const amounts = (response: typeof preview) => response.body.results.map(({ amount }: { amount: string }) => amount);
  expect(amounts(preview)).toEqual(['10.99', '0.99', '25.99']);
  expect(await read(String(ids[0]))).toMatchObject({ price: '10.00' });
  const done = await change(up);
  expect(done.body).toMatchObject({
    matched: 3,
    results: [{ status: 200, id: ids[0], regularPrice: '10.00', amount: '10.99', currency: 'USD' }, {}, {}],
  });
  expect(await read(String(ids[2]))).toMatchObject({ price: '25.99' });
  const sets = await shop.query(
    `SELECT DISTINCT change_set_id FROM audit_logs WHERE table_name = 'products' AND action = 'UPDATE' AND record_id = ANY ($1::uuid[])`,
    [ids],
  );
  expect(sets).toHaveLength(1);
  const refused = await change({ change: { add: '-1.00' } });
  expect(refused.body).toMatchObject({
    status: 422,
    code: 'operations_refused',
    operations: [{ index: 1, problem: { errors: [{ code: 'too_small' }] } }],
  });
  expect(await read(String(ids[0]))).toMatchObject({ price: '10.99' });
  expect((await change({ limit: 2, ...up })).body).toMatchObject({ status: 409, code: 'too_many_matches' });
  const sale = await change({ atomic: false, kind: 'sale', change: { add: '-1.00' }, validTo: inDays(1) });
  expect(sale.body.results).toMatchObject([{ status: 200, amount: '9.99' }, { status: 422 }, { status: 200, amount: '24.99' }]);
  expect(await read(String(ids[0]))).toMatchObject({ price: '9.99', regularPrice: '10.99', priorPrice: '10.00' });
});

test('of two schedulers at once, one is refused, and an import of the shown price during a sale changes nothing', async () => {
  const id = await makeProduct(shop, manager);
  const body = { kind: 'sale', amount: '8.00', validFrom: inDays(1), validTo: inDays(2) };
  const statuses = (await Promise.all([set(id, body), set(id, body), set(id, body)])).map(({ status }) => status);
  expect(statuses.sort()).toEqual([201, 409, 409]);
  await set(id, { kind: 'sale', amount: '7.00', validTo: inDays(0.5) });
  const { sku } = await read(id);
  const load = (price: string) =>
    shop.call('post', '/v1/products/import', {
      token: manager.token,
      body: `sku,price\n${sku},${price}\n`,
      headers: { 'Content-Type': 'text/csv' },
    });
  expect((await load('7.00')).body).toMatchObject({ unchanged: 1 });
  expect((await load('10.00')).body).toMatchObject({ failed: 0 });
  expect(await read(id)).toMatchObject({ price: '7.00', regularPrice: '10.00' });
  expect((await load('12.00')).body).toMatchObject({ updated: 1 });
  expect(await read(id)).toMatchObject({ price: '7.00', regularPrice: '12.00' });
});
