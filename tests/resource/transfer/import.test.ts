import { gzipSync } from 'node:zlib';
import request from 'supertest';
import type { Person } from '../../factories/people';
import { makeProduct } from '../../factories/products';
import { plant } from '../../support/privacy/planted-values';
import { useShop } from '../../support/use-shop';

const { shop, manager, admin, buyer } = useShop({ manager: 'manager', admin: 'admin', buyer: 'customer' });

interface Sending {
  readonly as?: Person;
  readonly type?: string;
  readonly headers?: Record<string, string>;
}

async function send(path: string, file: string | Buffer, { as = manager, type = 'text/csv', headers = {} }: Sending = {}) {
  const call = request(shop.server).post(path).set('Authorization', `Bearer ${as.token}`).set('Content-Type', type);
  for (const [name, value] of Object.entries(headers)) call.set(name, value);
  return call.send(file as string);
}

const counts = ({ created, updated, unchanged, failed }: Record<string, unknown>) => ({ created, updated, unchanged, failed });
const productOf = async (sku: string) =>
  (await shop.call('get', `/v1/products?sku=${encodeURIComponent(sku)}&include=tags,category`, { token: manager.token })).body.data[0];
const countProducts = async () => (await shop.query<{ n: number }>('SELECT count(*)::int AS n FROM products'))[0]?.n;

beforeAll(async () => {
  await send('/v1/categories/import', 'name,slug,parentSlug\nGreen,green,tea\nTea,tea,\n');
  await send('/v1/tags/import', '{"name":"Organic","slug":"organic"}\n{"name":"Fair","slug":"fair"}', { type: 'application/x-ndjson' });
});

test('creates, changes and leaves products by SKU, with category and tags by slug, as one change set', async () => {
  const file = [
    '\ufeffSKU,Name,price,Stock Quantity,category_slug,tags,attributes',
    'imp-1,"Said ""hot"",\r\nand cold",19.90,3,green,"organic, fair","{""a"":1}"',
    "imp-2,'=cmd,5.00,,,,",
  ].join('\r\n');
  const first = await send('/v1/products/import', file);
  expect([first.status, counts(first.body), first.body.errors]).toEqual([200, { created: 2, updated: 0, unchanged: 0, failed: 0 }, []]);
  expect(await productOf('imp-1')).toMatchObject({
    name: 'Said "hot",\r\nand cold',
    price: '19.90',
    stockQuantity: 3,
    category: { slug: 'green' },
    tags: [{ slug: 'fair' }, { slug: 'organic' }],
    attributes: { a: 1 },
  });
  expect(await productOf('imp-2')).toMatchObject({ name: '=cmd', slug: 'cmd', stockQuantity: 0, status: 'draft' });
  expect(counts((await send('/v1/products/import', file)).body)).toEqual({ created: 0, updated: 0, unchanged: 2, failed: 0 });
  const third = await send('/v1/products/import', 'sku,tags,price\nIMP-1,organic,20\nimp-2,,5\n');
  expect(counts(third.body)).toEqual({ created: 0, updated: 1, unchanged: 1, failed: 0 });
  expect(await productOf('imp-1')).toMatchObject({ price: '20.00', tags: [{ slug: 'organic' }], attributes: { a: 1 }, stockQuantity: 3 });
  const sets = await shop.query('SELECT DISTINCT change_set_id AS id FROM audit_logs WHERE actor_id = $1::uuid AND table_name = $2', [
    manager.id,
    'products',
  ]);
  expect(sets).toEqual(expect.arrayContaining([{ id: first.body.changeSetId }, { id: third.body.changeSetId }]));
});

test('an export imported again changes nothing, in either format', async () => {
  for (const name of ['products', 'categories', 'tags', 'users']) {
    for (const type of ['text/csv', 'application/x-ndjson']) {
      const exported = await shop.call('get', `/v1/${name}/export`, { token: admin.token, headers: { Accept: type } });
      const { body } = await send(`/v1/${name}/import`, exported.text, { as: admin, type });
      expect([name, type, body.errors, counts(body)]).toEqual([
        name,
        type,
        [],
        { created: 0, updated: 0, failed: 0, unchanged: body.unchanged },
      ]);
      expect(body.unchanged).toBeGreaterThan(1);
    }
  }
});

test('takes what is right and lists what is wrong, by line and column, and leaves stock to its ledger', async () => {
  await makeProduct(shop, manager, { sku: 'imp-stock', stockQuantity: 4 });
  const file = [
    'sku,name,price,stockQuantity,categorySlug,currency',
    'imp-ok,"Two',
    'lines",1.00,,,',
    '',
    'imp-bad,,1.234,-1,nowhere,JPY',
    'imp-short,X',
    ',No key,1.00,,,',
    'imp-stock,,,4,,',
    'imp-stock,,,5,,',
    'imp-ok,Again,2.00,,,',
  ].join('\n');
  const { status, body } = await send('/v1/products/import', file);
  expect([status, counts(body)]).toEqual([200, { created: 1, updated: 1, unchanged: 1, failed: 4 }]);
  const bad = body.errors.filter(({ line }: { line: number }) => line === 5);
  const others = body.errors.filter(({ line }: { line: number }) => line !== 5);
  expect(new Set(bad.map(({ field, code }: Record<string, unknown>) => `${field} ${code}`))).toEqual(
    new Set(['categorySlug unknown_reference', 'name required', 'price too_precise', 'stockQuantity too_small']),
  );
  expect(others.map(({ line, field, code }: Record<string, unknown>) => [line, field, code])).toEqual([
    [6, '', 'too_few_cells'],
    [7, 'sku', 'required'],
    [9, 'stockQuantity', 'read_only'],
  ]);
  expect(await productOf('imp-ok')).toMatchObject({ name: 'Again', price: '2.00' });
  expect(await productOf('imp-stock')).toMatchObject({ stockQuantity: 4 });
  expect(await productOf('imp-bad')).toBeUndefined();
});

const withPrefix = (bytes: readonly number[], text: string, encoding: BufferEncoding) =>
  Buffer.concat([Buffer.from(bytes), Buffer.from(text, encoding)]);

test.each<[string, string | Buffer, string, readonly string[]]>([
  ['an empty file', '', 'invalid_file', ['empty_file']],
  ['a file of empty lines', '\n\r\n\n', 'invalid_file', ['empty_file']],
  ['a file in UTF-16', withPrefix([0xff, 0xfe], 'sku,name\n1,x', 'utf16le'), 'invalid_file', ['not_utf8']],
  ['a file in UTF-16 without a mark', withPrefix([], 'код,имя\nа,б\n', 'utf16le'), 'invalid_file', ['not_utf8']],
  ['a file in Latin-1', withPrefix([], 'sku,name\n1,é', 'latin1'), 'invalid_file', ['not_utf8']],
  ['a file that is compressed without saying so', gzipSync('sku,name\n1,x'), 'invalid_file', ['not_utf8']],
  [
    'unknown, doubled and missing columns',
    'name,NAME,colour,rating\n',
    'invalid_file',
    ['unknown_column', 'unknown_column', 'duplicate_column', 'missing_column'],
  ],
  ['semicolons between the columns', 'sku;name;price\nT-1;Tee;3,50\n', 'invalid_file', ['wrong_separator']],
  ['tabs between the columns', 'sku\tname\nT-1\tTee\n', 'invalid_file', ['wrong_separator']],
  ['a product CSV of Shopify without its layout', 'Title,URL handle,Price\nTee,tee,3.50\n', 'invalid_file', ['other_layout']],
  ['an id beside a key', 'sku,categoryId,categorySlug\n', 'invalid_file', ['duplicate_column']],
])('refuses %s, and changes nothing', async (_what, file, code, codes) => {
  const before = await countProducts();
  const { status, body } = await send('/v1/products/import', file);
  expect([status, body.code, body.errors.map((error: { code: string }) => error.code)]).toEqual([422, code, codes]);
  expect(await countProducts()).toBe(before);
});

test('ends at a broken quote, says where, and swallows nothing behind it', async () => {
  const { body } = await send('/v1/products/import', 'sku,name,price\nq-1,One,1\nq-2,"Two,2\nq-3,Three,3\nq-4,"Four",4\n');
  expect([counts(body), body.errors]).toMatchObject([{ created: 1, failed: 1 }, [{ line: 3, field: '', code: 'broken_quote' }]]);
  expect([await productOf('q-2'), await productOf('q-3')]).toEqual([undefined, undefined]);
});

test('maps and ignores columns by their names in the file, and a file of gzip', async () => {
  const map = encodeURIComponent('Artikel Nr:sku,Bezeichnung:name,Notiz:');
  const file = gzipSync('artikel_nr,Bezeichnung,PRICE,Notiz,_problem\nm-1,Mapped,7.50,x,was wrong\n');
  const { body } = await send(`/v1/products/import?map=${map}`, file, { headers: { 'Content-Encoding': 'gzip' } });
  expect(counts(body)).toEqual({ created: 1, updated: 0, unchanged: 0, failed: 0 });
  expect(await productOf('m-1')).toMatchObject({ name: 'Mapped', price: '7.50' });
  const { detail } = (await send('/v1/products/import', Array.from({ length: 30 }, (_, index) => `c${index}`).join(','))).body;
  expect(detail).toMatch(/"c4" is unknown.+ add map=c4:; and 26 more\. Allowed columns: name, .*, tags\. Nothing was imported\.$/);
  const wrong = await send('/v1/products/import?map=a%3Abogus', 'sku\n');
  expect([wrong.status, wrong.body.errors]).toMatchObject([400, [{ pointer: 'map', code: 'wrong_format' }]]);
});

test('refuses a file that breaks off in its compression, another type, and who may not write', async () => {
  const whole = gzipSync(`sku,name,price\n${Array.from({ length: 500 }, (_, n) => `cut-${n},Cut ${n},1.00`).join('\n')}`);
  const cut = await send('/v1/products/import', whole.subarray(0, -20), { headers: { 'Content-Encoding': 'gzip' } });
  expect([cut.status, cut.body.code, await productOf('cut-1')]).toEqual([400, 'malformed_request', undefined]);
  expect((await send('/v1/products/import', '{}', { type: 'application/json' })).body).toMatchObject({ status: 415 });
  expect((await send('/v1/products/import', 'sku\n', { as: buyer })).body).toMatchObject({ status: 403, code: 'forbidden' });
});

test('reads lines of JSON strictly, each for itself', async () => {
  const lines = [
    '{"sku":"l-1","name":"One","price":"1.00"}',
    '{"sku":"l-2","name":"Two","price":2}',
    '[1]',
    '{"sku":"l-3","bogus":1}',
    '{"sku":',
  ];
  const { body } = await send('/v1/products/import', lines.join('\n'), { type: 'application/x-ndjson' });
  expect(counts(body)).toEqual({ created: 1, updated: 0, unchanged: 0, failed: 4 });
  expect(body.errors.map(({ line, field, code }: Record<string, unknown>) => [line, field, code])).toEqual([
    [2, 'price', 'wrong_type'],
    [3, '', 'malformed_json'],
    [4, 'bogus', 'unknown_column'],
    [5, '', 'malformed_json'],
  ]);
});

test('leaves out what PostgreSQL cannot store, and takes the rest', async () => {
  const nul = '\0';
  const csv = await send('/v1/categories/import', `slug,name,parentSlug\nnul-1,a${nul}b,\nnul-2,Fine,\nnul-3,x,n${nul}\n`);
  const lines = [
    '{"slug":"nul-4","name":"x","parentSlug":"a\\u0000b"}',
    '{"slug":"nul-5","name":"x","na\\u0000me":1}',
    `{"slug":"nul-6","name":"x","parentSlug":"${'p'.repeat(99)}😀"}`,
    `{"slug":"nul-7${nul}"}`,
    '{"slug":"nul-8","name":"Fine","constructor":1}',
    `{"slug":"nul-9","name":${'['.repeat(50)}${']'.repeat(50)}}`,
  ];
  const ndjson = await send('/v1/categories/import', lines.join('\n'), { type: 'application/x-ndjson' });
  const codes = (body: { errors: Record<string, unknown>[] }) => body.errors.map(({ line, code }) => [line, code]);
  expect([csv.status, counts(csv.body), codes(csv.body)]).toEqual([
    200,
    { created: 1, updated: 0, unchanged: 0, failed: 2 },
    [
      [2, 'unstorable_text'],
      [4, 'unstorable_text'],
    ],
  ]);
  expect([ndjson.status, codes(ndjson.body)]).toEqual([
    200,
    [
      [1, 'wrong_type'],
      [2, 'unknown_column'],
      [3, 'unknown_reference'],
      [4, 'unstorable_text'],
      [5, 'unknown_column'],
      [6, 'too_deep'],
    ],
  ]);
  expect(ndjson.body.errors[4].message).toContain('is unknown');
  const refused = await shop.call('get', `/v1/imports/${csv.body.id}/refused`, { token: manager.token });
  expect(refused.text).toContain('nul-1,a\uFFFDb,,The row must not contain U+0000');
});

test('makes customers of an email list, who have a profile and a role and no password', async () => {
  const [email, refused] = [plant('new@example.com'), plant('planted-and-refused@example.com')];
  const file = `email,username,first name,last name\n${email.toUpperCase()},newbie,New,Person\n${refused},x,,\n`;
  const { body } = await send('/v1/users/import', file, { as: admin });
  expect(counts(body)).toEqual({ created: 1, updated: 0, unchanged: 0, failed: 1 });
  expect(JSON.stringify(body)).not.toContain(refused);
  const [made] = await shop.query(
    `SELECT u.password_hash, p.user_id IS NOT NULL AS profile, r.name AS role FROM users u JOIN profiles p ON p.user_id = u.id
     JOIN user_roles ur ON ur.user_id = u.id JOIN roles r ON r.id = ur.role_id WHERE u.username = 'newbie'`,
  );
  expect(made).toEqual({ password_hash: null, profile: true, role: 'customer' });
});

test('keeps the report, which others do not see', async () => {
  const { body } = await send('/v1/tags/import', 'slug,name\nreported,Reported\n');
  const report = await shop.call('get', `/v1/imports/${body.id}`, { token: manager.token });
  expect([report.status, report.body]).toEqual([200, body]);
  expect((await shop.call('get', `/v1/imports/${body.id}`, { token: buyer.token })).status).toBe(404);
});

test('a dry run reports what the import would do, and leaves nothing', async () => {
  const before = await shop.query('SELECT (SELECT count(*) FROM products) AS products, (SELECT count(*) FROM imports) AS imports');
  const { status, body } = await send('/v1/products/import?dryRun=true', 'sku,name,price\ndry-1,Dry,1.00\ndry-2,,1.00\n');
  expect([status, counts(body), body.errors]).toMatchObject([
    200,
    { created: 1, failed: 1 },
    [{ line: 3, field: 'name', code: 'required' }],
  ]);
  expect(await shop.query('SELECT (SELECT count(*) FROM products) AS products, (SELECT count(*) FROM imports) AS imports')).toEqual(before);
  const rows = Array.from({ length: 2_100 }, (_, n) => `dry-${n},Dry,1.00`);
  const large = await send('/v1/products/import?dryRun=true', `sku,name,price\n${rows.join('\n')}\n`);
  expect([large.status, large.body.code]).toEqual([413, 'file_too_large']);
});
