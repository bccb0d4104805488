import { currencyCodes, decimalsOf } from '../../../src/schema/currencies';
import { isBlank, trimmed } from '../../../src/schema/text';
import { makeProduct } from '../../factories/products';
import { useShop } from '../../support/use-shop';

/* What the API refuses, the database refuses as well, from whatever client. */
const { shop, manager } = useShop({ manager: 'manager' });

/* Every character of the basic plane that PostgreSQL stores, and the invisible ones beyond it. */
const characters = [
  ...Array.from({ length: 0xffff }, (_, index) => index + 1).filter((point) => point < 0xd800 || point > 0xdfff),
  ...[0x1bca0, 0x1bca3, 0x1d173, 0x1d17a, 0x1d49c, 0x1f600, 0xe0000, 0xe0041, 0xe0fff, 0xe1000],
].map((point) => String.fromCodePoint(point));

test('the API and the database take the same characters for white space, and the same for nothing to see', async () => {
  const rows = await shop.query<{ text: string; name: boolean; tidy: boolean }>(
    `SELECT text, is_name(text) AS name, is_name('a' || text) AS tidy FROM unnest($1::text[]) AS text`,
    [characters.filter((text) => text.normalize('NFC') === text)],
  );
  expect(rows.length).toBeGreaterThan(60_000);
  expect(rows.filter(({ text, name }) => name === (isBlank(text) || trimmed(text) === ''))).toEqual([]);
  const composed = rows.filter(({ text }) => `a${text}`.normalize('NFC') === `a${text}`);
  expect(composed.filter(({ text, tidy }) => tidy !== (trimmed(`a${text}`) === `a${text}`))).toEqual([]);
});

test('a restore, which has an empty search path, can check names that are not plain ASCII', async () => {
  const rows = await shop.query<{ name: boolean }>(
    "SELECT set_config('search_path', '', true), public.is_name(text) AS name FROM unnest($1::text[]) AS text",
    [['Crème brûlée', 'Crème ']],
  );
  expect(rows.map(({ name }) => name)).toEqual([true, false]);
});

test('the API and the database give each currency the same decimals', async () => {
  const rows = await shop.query<{ code: string; decimals: number; scales: number[] }>(
    `SELECT code, currency_decimals(code) AS decimals, ARRAY(
       SELECT n FROM generate_series(0, 5) AS n WHERE is_amount_of(7 + round(0.1 ^ n, n), code) OR is_amount_of(round(7.0, n), code)
     ) AS scales FROM unnest($1::text[]) AS code`,
    [currencyCodes()],
  );
  expect(rows.filter(({ code, decimals }) => decimals !== decimalsOf(code))).toEqual([]);
  expect(rows.filter(({ code, scales }) => String(scales) !== String(Math.max(2, decimalsOf(code))))).toEqual([]);
  const [yen] = await shop.query(
    "SELECT is_amount_of(7.50, 'JPY') AS half, is_amount_of(7.00, 'JPY') AS whole, is_amount_of(7.5, 'USD') AS short",
  );
  expect(yen).toEqual({ half: false, whole: true, short: false });
});

test.each([
  ['a blank name', "name = '  '", 'products_name_check'],
  ['a name of a no-break space', "name = U&'\\00a0'", 'products_name_check'],
  ['an ideographic space', "name = U&'\\3000'", 'products_name_check'],
  ['a name of no width', "name = U&'\\200b'", 'products_name_check'],
  ['a space after a name', "name = 'Chai '", 'products_name_check'],
  ['a name in NFD', "name = U&'Cre\\0300me'", 'products_name_check'],
  ['a blank SKU', "sku = ' '", 'products_sku_check'],
  ['a blank brand', "brand = ' '", 'products_brand_check'],
  ['a blank model', "model = ' '", 'products_model_check'],
  ['half a yen', "currency = 'JPY', price = 1.5", 'products_price_check'],
])('refuses %s from psql, and keeps the product', async (_what, change, constraint) => {
  const id = await makeProduct(shop, manager, { name: 'Kept' });
  const refused = shop.query(`UPDATE products SET ${change} WHERE id = $1::uuid`, [id]);
  await expect(refused).rejects.toMatchObject({ original: { code: '23514', constraint } });
  expect(await shop.query('SELECT name, version FROM products WHERE id = $1::uuid', [id])).toEqual([{ name: 'Kept', version: 1 }]);
});

test('takes a SKU that differs in case only for the same, in the API and in psql, and finds it by either', async () => {
  await makeProduct(shop, manager, { sku: 'WS1' });
  const id = await makeProduct(shop, manager, { sku: 'other' });
  const body = { name: 'Twin', sku: 'ws1', price: '1.00' };
  const refused = await shop.call('post', '/v1/products', { token: manager.token, body });
  expect(refused.body).toMatchObject({ status: 409, code: 'value_taken', errors: [{ pointer: '/sku' }] });
  const changed = shop.query("UPDATE products SET sku = 'wS1' WHERE id = $1::uuid", [id]);
  await expect(changed).rejects.toMatchObject({ original: { code: '23505', constraint: 'products_sku_key' } });
  expect((await shop.call('get', '/v1/products?sku=Ws1')).body.data).toMatchObject([{ sku: 'WS1' }]);
});
