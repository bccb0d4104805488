import { request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gunzipSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';
import { makeProduct } from '../../factories/products';
import { useShop } from '../../support/use-shop';

const { shop, manager, buyer } = useShop({ manager: 'manager', buyer: 'customer' });

const exported = async (path: string, headers: Record<string, string> = {}) => shop.call('get', path, { token: manager.token, headers });

beforeAll(async () => {
  const { body: category } = await shop.call('post', '/v1/categories', { token: manager.token, body: { name: 'Tea, loose' } });
  const tags = ['Organic', 'Fair'].map((name) => shop.call('post', '/v1/tags', { token: manager.token, body: { name } }));
  const first = await makeProduct(shop, manager, {
    sku: 'A-1',
    name: 'Said "hot",\r\nand cold',
    brand: '=HYPERLINK("http://a.example")',
    description: '',
    price: '19.90',
    stockQuantity: 3,
    categoryId: category.id,
    attributes: { origin: ['Assam', 'Ceylon'] },
  });
  for (const { body } of await Promise.all(tags)) await shop.call('put', `/v1/products/${first}/tags/${body.id}`, { token: manager.token });
  await makeProduct(shop, manager, { sku: '-B', price: '5.00', status: 'draft', name: "'=x" });
});

test('exports the columns that an import sets, with the keys of related objects, null apart from empty, and no formulas', async () => {
  const { status, headers, text } = await exported('/v1/products/export?sort=-price');
  expect([status, headers['content-type'], headers['content-disposition']]).toEqual([
    200,
    'text/csv; charset=utf-8; header=present',
    'attachment; filename="products.csv"',
  ]);
  expect(text).toBe(
    [
      'sku,name,slug,gtin,brand,model,description,price,currency,taxClass,weightGrams,stockQuantity,status,featured,optionValues,imageUrl,attributes,productSafety,categorySlug,groupSlug,tags',
      `A-1,"Said ""hot"",\r\nand cold",said-hot-and-cold,,"'=HYPERLINK(""http://a.example"")",,',19.90,USD,standard,,3,active,false,{},,"{""origin"":[""Assam"",""Ceylon""]}",,tea-loose,,"fair,organic"`,
      `'-B,''=x,x,,,,,5.00,USD,standard,,10,draft,false,{},,{},,,,`,
      '',
    ].join('\r\n'),
  );
});

test('exports lines of JSON, the chosen columns and the filtered rows, to who accepts it', async () => {
  const accepting = await exported('/v1/products/export?status=active&fields=sku,stockQuantity,rating,tags', {
    Accept: 'application/x-ndjson',
  });
  expect(accepting.headers['content-type']).toBe('application/x-ndjson');
  expect(accepting.text).toBe('{"sku":"A-1","stockQuantity":3,"rating":0.00,"tags":["fair","organic"]}\n');
  const named = await exported('/v1/products/export?format=ndjson&status=active&fields=sku,stockQuantity,rating,tags', { Accept: '*/*' });
  expect(named.text).toBe(accepting.text);
  expect((await exported('/v1/products/export?q=nothing%20of%20this')).text.split('\r\n')).toHaveLength(2);
});

test('refuses other types, unknown columns, pages of a list, and who may not read all products', async () => {
  expect((await exported('/v1/products/export', { Accept: 'application/json' })).body).toMatchObject({
    status: 406,
    code: 'not_acceptable',
  });
  expect((await exported('/v1/products/export?fields=sku,password')).body).toMatchObject({ status: 400, errors: [{ pointer: 'fields' }] });
  expect((await exported('/v1/products/export?limit=5')).body).toMatchObject({ status: 400, errors: [{ code: 'unknown_parameter' }] });
  expect((await shop.call('get', '/v1/products/export', { token: buyer.token })).body).toMatchObject({ status: 403, code: 'forbidden' });
});

const MANY = 3_000;

/* Reads the raw bytes, because supertest decompresses. */
function bytesOf(path: string): Promise<{ encoding: unknown; bytes: Buffer }> {
  return new Promise((resolve, reject) => {
    const { port } = shop.server.address() as AddressInfo;
    const headers = { Authorization: `Bearer ${manager.token}`, 'Accept-Encoding': 'gzip' };
    request({ port, path, headers }, (response) => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part));
      response.on('end', () => resolve({ encoding: response.headers['content-encoding'], bytes: Buffer.concat(parts) }));
    })
      .on('error', reject)
      .end();
  });
}

test('compresses a large export, which holds exactly the rows of one moment', async () => {
  await shop.query(`INSERT INTO tags (id, name, slug) SELECT uuid_v7(), 'Tag ' || n, 'tag-' || n FROM generate_series(1, ${MANY}) n`);
  const exporting = bytesOf('/v1/tags/export?slug[startswith]=tag-&sort=slug');
  await shop.query("UPDATE tags SET name = 'New ' || name WHERE slug LIKE 'tag-%'");
  const { encoding, bytes } = await exporting;
  expect(encoding).toBe('gzip');
  const rows: { slug: string; name: string }[] = parse(gunzipSync(bytes), { columns: true });
  expect(new Set(rows.map(({ slug }) => slug)).size).toBe(MANY);
  expect(new Set(rows.map(({ name }) => name.startsWith('New'))).size).toBe(1);
  const lines = await bytesOf('/v1/tags/export?format=ndjson');
  expect([lines.encoding, gunzipSync(lines.bytes).toString().split('\n')]).toMatchObject(['gzip', { length: MANY + 3 }]);
});

const importCategories = (body: string, type = 'text/csv') =>
  shop.call('post', '/v1/categories/import', { token: manager.token, body, headers: { 'Content-Type': type } });

const counts = ({ created, updated, unchanged, failed }: Record<string, unknown>) => ({ created, updated, unchanged, failed });

test('finds categories by their path of slugs, children before parents, and refuses a path that leads elsewhere', async () => {
  const file = ['name,slugPath', 'Oolong,path-drinks/path-tea/path-oolong', 'Tea,path-drinks/path-tea', 'Drinks,path-drinks', ''].join(
    '\n',
  );
  const first = await importCategories(file);
  expect([counts(first.body), first.body.errors]).toEqual([{ created: 3, updated: 0, unchanged: 0, failed: 0 }, []]);
  const whole = await exported('/v1/categories/export?fields=name,slugPath&sort=-level');
  for (const row of file.split('\n').filter((line) => line !== '')) expect(whole.text).toContain(`${row}\r\n`);
  const again = await importCategories(whole.text);
  expect(counts(again.body)).toEqual({ created: 0, updated: 0, unchanged: whole.text.trim().split('\r\n').length - 1, failed: 0 });
  const wrong = await importCategories(
    [
      '{"name":"Pu-erh","slugPath":"path-tea/path-puerh"}',
      '{"name":"Sencha","slugPath":"path-drinks/path-nowhere/path-sencha"}',
      '{"name":"Both","slug":"path-both","slugPath":"path-both"}',
      '{"name":"None","slugPath":"path-drinks/"}',
      '{"name":"Itself","slugPath":"path-itself/path-itself"}',
      '{"name":"Oolong","slugPath":"path-drinks/path-oolong"}',
    ].join('\n'),
    'application/x-ndjson',
  );
  expect([counts(wrong.body), wrong.body.errors.map(({ line, code }: Record<string, unknown>) => [line, code])]).toEqual([
    { created: 0, updated: 1, unchanged: 0, failed: 5 },
    [
      [1, 'wrong_path'],
      [2, 'unknown_reference'],
      [3, 'duplicate_column'],
      [4, 'required'],
      [5, 'wrong_path'],
    ],
  ]);
  const moved = await shop.call('get', '/v1/categories/slug:path-oolong?include=parent');
  expect(moved.body.parent.slug).toBe('path-drinks');
});
