import fc from 'fast-check';
import { makeProduct } from '../../factories/products';
import { useShop } from '../../support/use-shop';

const { shop, manager, customer } = useShop({ manager: 'manager', customer: 'customer' });

const GOODS: readonly (readonly [name: string, values?: Record<string, unknown>])[] = [
  ['Crème brûlée', { description: 'A dessert.' }],
  ['Ångström ruler'],
  ['Straßenkarte', { description: 'Jede Straße der Stadt.' }],
  ['Señorita hat', { brand: 'Żubrówka' }],
  ['Борщ украинский'],
  ['寿司セット'],
  ['特上寿司'],
  ['iPhone 15 Pro', { brand: 'Apple', model: 'A2848' }],
  ['Chai', { description: 'Black tea' }],
  ['Chai syrup'],
  ['Mouse, wireless'],
  ['Running shoes'],
  ['C++ Primer'],
  ['C Programming'],
  ['Copper kettle', { sku: 'KET-1200-B' }],
  ['Lid', { sku: 'KET-1300', description: 'Fits the kettle KET-1200-B.' }],
  ['Disney+ voucher'],
  ['Draft of a gramophone', { status: 'draft' }],
  ['AT&T prepaid card'],
  ['Headphone jack', { description: 'A jack that AT&T and others sell.', gtin: '4006381333931' }],
  ['Chocolate bar', { brand: 'Grün' }],
];

beforeAll(async () => {
  for (const [name, values] of GOODS) await makeProduct(shop, manager, { name, ...values });
});

async function found(q: string, query = '', token?: string): Promise<string[]> {
  const { status, body } = await shop.call('get', `/v1/products?limit=100&q=${encodeURIComponent(q)}${query}`, { token });
  expect([q, status]).toEqual([q, 200]);
  return body.data.map(({ name }: { name: string }) => name);
}

const others = (...without: string[]) =>
  GOODS.filter(([name, values]) => values?.status === undefined && !without.includes(name))
    .map(([name]) => name)
    .sort();

test.each([
  ['creme brulee', ['Crème brûlée']],
  ['CRÈME BRÛLÉE', ['Crème brûlée']],
  ['angstrom', ['Ångström ruler']],
  ['Strasse', ['Straßenkarte']],
  ['straße', ['Straßenkarte']],
  ['senorita', ['Señorita hat']],
  ['zubrowka', ['Señorita hat']],
  ['борща', ['Борщ украинский']],
  ['БОРЩ', ['Борщ украинский']],
  ['寿司', ['寿司セット', '特上寿司']],
  ['セット', ['寿司セット']],
  ['司寿', []],
  ['寿司 -特上', ['寿司セット']],
])('finds %j in any accent, case, ending or script: %j', async (q, names) => {
  expect((await found(q)).sort()).toEqual([...names].sort());
});

test.each([
  ['iphne', ['iPhone 15 Pro']],
  ['kettel', ['Copper kettle']],
  ['aple iphone', ['iPhone 15 Pro']],
  ['борш', ['Борщ украинский']],
  ['senoritta', ['Señorita hat']],
  ['zubrovka', ['Señorita hat']],
])('finds a word with a typo where no product has it as it is: %j', async (q, names) => {
  expect(await found(q)).toEqual(names);
});

test.each([
  ['chai -syrup', ['Chai']],
  ['chay -syrup', ['Chai']],
  ['chaii -syrup', ['Chai']],
  ['-syrup chai -tea', []],
  ['"shoes running"', []],
  ['"running shoes"', ['Running shoes']],
  ['shoes running', ['Running shoes']],
  ['c++', ['C++ Primer']],
  ['"c++ primer"', ['C++ Primer']],
  ['primer -c++', []],
  ['disney+', ['Disney+ voucher']],
  ['disney', ['Disney+ voucher']],
  ['chai or kettle', ['Chai', 'Chai syrup', 'Copper kettle', 'Lid']],
  ['nothing of the kind', []],
  ['the', []],
  ['"', []],
])('keeps to phrases, exclusions and signs: %j finds %j', async (q, names) => {
  expect((await found(q)).sort()).toEqual(names);
});

test('finds all but what a query of exclusions names, in the default order, with cursors', async () => {
  expect((await found('-mouse')).sort()).toEqual(others('Mouse, wireless'));
  expect(await found('-mouse')).toEqual(await found('-mouse', '&sort=-createdAt'));
  const { body } = await shop.call('get', '/v1/products?q=-mouse&limit=4');
  const rest = await found('-mouse', `&cursor=${body.pagination.nextCursor}`);
  expect([...body.data.map(({ name }: { name: string }) => name), ...rest].sort()).toEqual(others('Mouse, wireless'));
});

test('finds a product by its SKU, before others that mention it, or by the beginning', async () => {
  expect(await found('KET-1200-B')).toEqual(['Copper kettle', 'Lid']);
  expect(await found('ket-1200-b')).toEqual(['Copper kettle', 'Lid']);
  expect((await found('ket-1')).sort()).toEqual(['Copper kettle', 'Lid']);
  expect(await found('KET-13')).toEqual(['Lid']);
  expect(await found('A2848')).toEqual(['iPhone 15 Pro']);
  expect(await found("ket' | !x\\")).toEqual([]);
});

test('finds a product by its GTIN, in any of its lengths', async () => {
  for (const q of ['4006381333931', '04006381333931', '40 06381 333931']) expect(await found(q)).toEqual(['Headphone jack']);
  expect(await found('4006381333932')).toEqual([]);
});

test.each([
  ['at&t', ['AT&T prepaid card', 'Headphone jack']],
  ['at&t card', ['AT&T prepaid card']],
  ['card -at&t', []],
  ['jack at&t', ['Headphone jack']],
])('finds glued words: %j', async (q, names) => {
  expect(await found(q)).toEqual(names);
});

test.each([
  ['choco', ['Chocolate bar']],
  ['chocola', ['Chocolate bar']],
  ['bar cho', ['Chocolate bar']],
  ['gru', ['Chocolate bar']],
  ['brul', ['Crème brûlée']],
  ['бор', ['Борщ украинский']],
  ['寿', ['寿司セット', '特上寿司']],
  ['ト', ['寿司セット']],
  ['特上寿', ['特上寿司']],
  ['ｾｯﾄ', ['寿司セット']],
])('finds the beginning of the last word of a name: %j', async (q, names) => {
  expect((await found(q)).sort()).toEqual([...names].sort());
});

test.each([
  ['chia', ['Chai', 'Chai syrup'], 'chai'],
  ['lidd', ['Lid'], 'lid'],
  ['ild', ['Lid'], 'lid'],
  ['choclate bra', ['Chocolate bar'], 'chocolate bar'],
])('finds short words with one wrong letter, and says what it may mean: %j', async (q, names, suggestion) => {
  const { body } = await shop.call('get', `/v1/products?q=${encodeURIComponent(q)}`);
  expect(body.data.map(({ name }: { name: string }) => name).sort()).toEqual(names);
  expect(body.search).toEqual({ matchedBy: 'typos', tried: ['words', 'typos'], suggestion, isTruncated: false });
});

test('ranks a whole name before a name with more words, before a description; in stock and views break ties', async () => {
  const make = (name: string, values: object = {}) => makeProduct(shop, manager, { name, ...values });
  const ids = [
    await make('Zither', { stockQuantity: 0 }),
    await make('Zither case'),
    await make('Zither strings', { stockQuantity: 0 }),
    await make('Strap', { description: 'Holds a zither.' }),
  ];
  await shop.query('UPDATE products SET view_count = 100000 WHERE id = $1::uuid', [ids[3]]);
  expect(await found('zither')).toEqual(['Zither', 'Zither case', 'Zither strings', 'Strap']);
  for (const id of ids) await shop.call('delete', `/v1/products/${id}?force=true`, { token: manager.token });
});

test('says how a query was searched, and what was tried where nothing is found', async () => {
  const searched = async (q: string) => (await shop.call('get', `/v1/products?q=${encodeURIComponent(q)}`)).body.search;
  expect(await searched('chai')).toEqual({ matchedBy: 'words', tried: ['words'], suggestion: null, isTruncated: false });
  expect(await searched('kettlll')).toMatchObject({ matchedBy: 'similar', tried: ['words', 'typos', 'similar'], suggestion: 'kettle' });
  expect(await searched('xyzzyqwerty')).toEqual({
    matchedBy: null,
    tried: ['words', 'typos', 'similar'],
    suggestion: null,
    isTruncated: false,
  });
  expect(await searched('"no such phrase"')).toEqual({ matchedBy: null, tried: ['words'], suggestion: null, isTruncated: false });
  expect((await shop.call('get', '/v1/products')).body.search).toBeUndefined();
});

test('decides on typos by what the actor sees, whatever the filters', async () => {
  expect(await found('gramophone')).toEqual([]);
  expect(await found('gramophone', '', manager.token)).toEqual(['Draft of a gramophone']);
  expect(await found('gramofone', '', manager.token)).toEqual(['Draft of a gramophone']);
  expect(await found('chai', '&brand=Apple', customer.token)).toEqual([]);
  expect(await found('iphne', '&brand=Apple', customer.token)).toEqual(['iPhone 15 Pro']);
  expect(await found('iphne', '&brand=Nobody', customer.token)).toEqual([]);
});

test('counts and walks the matches of a typo', async () => {
  const { body } = await shop.call('get', '/v1/products?q=kettel&limit=1&total=exact&sort=name');
  expect(body).toMatchObject({ data: [{ name: 'Copper kettle' }], pagination: { total: 1, hasNext: false } });
});

test.each(['name', '-price', 'brand', '-brand'])(
  'walks the matches in the order of another field, page by page, either way: %s',
  async (sort) => {
    const page = async (query: string) =>
      (await shop.call('get', `/v1/products?q=bar%20or%20chai%20or%20kettle%20or%20hat&sort=${sort}${query}`)).body;
    const idsOf = ({ data }: { data: { id: string }[] }) => data.map(({ id }) => id);
    const all = idsOf(await page('&limit=100'));
    expect(all).toHaveLength(6);
    let body = await page('&limit=2');
    const seen = idsOf(body);
    while (body.pagination.nextCursor) {
      body = await page(`&limit=2&cursor=${body.pagination.nextCursor}`);
      seen.push(...idsOf(body));
    }
    expect(seen).toEqual(all);
    expect(idsOf(await page(`&limit=2&cursor=${body.pagination.prevCursor}`))).toEqual(all.slice(2, 4));
  },
);

test('answers any characters with a page or a 400, never with a 500', async () => {
  const signs = fc.constantFrom(...'\'"\\&|!():*<->~%_+#-,;$^.?[]{}/\u0000\u0001\ud800\u00e9\u5bff\u0e34 or'.split(''));
  const queries = fc.oneof(fc.string({ unit: signs, maxLength: 30 }), fc.string({ unit: 'binary', maxLength: 40 }));
  await fc.assert(
    fc.asyncProperty(queries, async (q) => {
      const { status } = await shop.call('get', `/v1/products?limit=1&q=${encodeURIComponent(q.toWellFormed())}`);
      expect([200, 400]).toContain(status);
    }),
    { numRuns: Number(process.env.FUZZ_RUNS ?? 40), seed: Number(process.env.FUZZ_SEED ?? 1) },
  );
  const refused = async (q: string) => (await shop.call('get', `/v1/products?q=${q}`)).status;
  expect(await Promise.all(['%ED%A0%80', '%00', '%FF', 'x'.repeat(5_000), 'x'.repeat(10_000)].map(refused))).toEqual([
    400, 400, 400, 400, 414,
  ]);
});
