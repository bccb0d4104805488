import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { applySearchLanguage } from '../../../src/catalogue';
import { productSampling } from '../../../src/catalogue/products/search/product-facets';
import { productSearch } from '../../../src/catalogue/products/search/product-search';
import { withClient } from '../../../src/database/connection/open-client';
import { Binder, type Condition } from '../../../src/database/sql/binder';
import type { Candidates, SearchWay } from '../../../src/resource/definition/search';
import { candidateRows } from '../../../src/resource/list/search/candidate-rows';
import { makeProduct } from '../../factories/products';
import { useShop } from '../../support/use-shop';
import { GOODS as ASKED, QUESTIONS } from './questions';

const { shop, manager } = useShop({ manager: 'manager' });

const GOODS: readonly (readonly [string, Record<string, unknown>?])[] = [
  ['Chai', { brand: 'Exotic Liquids', description: 'Black tea with <b>spices</b> & milk.' }],
  ['Chai syrup', { brand: 'Chartreuse' }],
  ['Crème brûlée', { description: `${'word '.repeat(100)}custard ${'word '.repeat(100)}` }],
  ['特上寿司'],
  ['Chocolate draft', { status: 'draft' }],
  ['Häuser aus Holz'],
];

beforeAll(async () => {
  await shop.call('post', '/v1/categories', { token: manager.token, body: { name: 'Cheese' } });
  for (const [name, values] of GOODS) await makeProduct(shop, manager, { name, ...values });
});

const search = async (query: string) => (await shop.call('get', `/v1/products?${query}`)).body;
const suggested = async (q: string) =>
  (await shop.call('get', `/v1/products/suggestions?q=${encodeURIComponent(q)}`)).body.data.map(
    ({ kind, text }: { kind: string; text: string }) => `${kind} ${text}`,
  );

test('suggests categories, brands and public products while a customer types', async () => {
  expect(await suggested('ch')).toEqual(['category Cheese', 'brand Chartreuse', 'product Chai', 'product Chai syrup']);
  expect(await suggested('CRÈM')).toEqual(['product Crème brûlée']);
  expect(await suggested('chai sy')).toEqual(['product Chai syrup']);
  expect(await suggested('%')).toEqual([]);
});

test('marks what matched in names and descriptions, as HTML in which everything else is escaped', async () => {
  const highlights = async (q: string) => (await search(`q=${encodeURIComponent(q)}&highlight=true`)).data[0]?.highlights;
  expect(await highlights('spices chai')).toEqual({
    name: '<mark>Chai</mark>',
    description: 'Black tea with &lt;b&gt;<mark>spices</mark>&lt;/b&gt; &amp; milk.',
  });
  expect((await highlights('creme brul')).name).toBe('<mark>Crème</mark> <mark>brûlée</mark>');
  expect((await highlights('custard')).description).toMatch(/^…(word ){5}<mark>custard<\/mark>( word){24}…$/);
  expect((await highlights('寿司')).name).toBe('特上<mark>寿司</mark>');
  expect((await highlights('chia')).name).toMatch(/^<mark>Chai<\/mark>/);
  expect((await search('q=chai')).data[0].highlights).toBeUndefined();
});

test('finds what docs/search.md says for thirty questions in ten languages', async () => {
  const ids: string[] = [];
  for (const [name, values] of ASKED) ids.push(await makeProduct(shop, manager, { name, ...values }));
  const ours = new Set(ids);
  const asked: (readonly [string, string, readonly string[]])[] = [];
  for (const [language, q] of QUESTIONS) {
    const { data } = await search(`limit=100&q=${encodeURIComponent(q)}`);
    asked.push([language, q, data.filter(({ id }: { id: string }) => ours.has(id)).map(({ name }: { name: string }) => name)]);
  }
  const sorted = ([language, q, names]: readonly [string, string, readonly string[]]) => [language, q, [...names].sort()];
  expect(asked.map(sorted)).toEqual(QUESTIONS.map(sorted));
  const page = readFileSync('docs/search.md', 'utf8');
  for (const [language, q, names] of QUESTIONS) expect(page).toContain(`| ${language} | \`${q}\` | ${names.join(', ') || 'nothing'} |`);
  for (const id of ids) await shop.call('delete', `/v1/products/${id}?force=true`, { token: manager.token });
});

test('searches in the language of the shop, without touching a product, and goes on where it was killed', async () => {
  const found = async (q: string) => (await search(`q=${q}`)).data.map(({ name }: { name: string }) => name);
  const owner = <T>(work: Parameters<typeof withClient<T>>[1]) => withClient(shop.env.MIGRATION_DATABASE_URL, work);
  const rows = () => shop.query('SELECT id, version, updated_at, xmin::text FROM products ORDER BY id');
  const entries = () => shop.query('SELECT count(*) FROM audit_logs');
  const [before, log] = [await rows(), await entries()];
  expect((await search('q=hausern')).search.matchedBy).not.toBe('words');
  const lines: string[] = [];
  await owner((client) => applySearchLanguage(client, 'german', (line) => void lines.push(line)));
  expect(lines).toEqual(['Product search is in german: 6 products were indexed again.']);
  expect(await found('hausern')).toEqual(['Häuser aus Holz']);
  const after = await rows();
  expect(after).toEqual(before.map((row) => ({ ...(row as object), xmin: expect.any(String) })));
  expect(await entries()).toEqual(log);
  await owner((client) => applySearchLanguage(client, 'german', (line) => void lines.push(line)));
  expect([lines.length, await rows()]).toEqual([1, after]);
  await shop.query(`COMMENT ON TEXT SEARCH CONFIGURATION product_search IS 'german after ${(after[2] as { id: string }).id}'`);
  await owner((client) => applySearchLanguage(client, 'german', (line) => void lines.push(line)));
  expect(lines[1]).toBe('Product search is in german: 3 products were indexed again.');
  await owner((client) => applySearchLanguage(client, 'english', () => undefined));
});

/* 32 products in each of 16 parts: half have the word in their names, a quarter only as the beginning of one, a quarter in the description. */
const LAMPS = `INSERT INTO products (id, name, slug, sku, brand, description, price, status, view_count)
  SELECT overlay(uuid_v7()::text placing lpad(to_hex(n / 4 % 16), 2, '0') from 35)::uuid, CASE n % 4 WHEN 0 THEN 'Box ' WHEN 1 THEN 'Lampshade ' ELSE 'Lamp ' END || n,
    'lamp-' || n, 'LMP-' || n, CASE n % 3 WHEN 0 THEN E'L\\'Été \\\\ "1"' WHEN 1 THEN 'l''été' END, CASE n % 4 WHEN 0 THEN 'For a lamp.' END, n % 7, 'active', power(4, n % 5)
  FROM generate_series(1, 512) n`;

const BRAND = `L'Été \\ "1"`;
const bounds = fc.record({
  limit: fc.constantFrom(30, 420, 600),
  filteredLimit: fc.constantFrom(30, 120, 150),
  common: fc.constantFrom(1, 3),
  mayBeFew: fc.boolean(),
});

test('ranks the most viewed of many matches, names first, and all where they are few, whichever way they are found', async () => {
  const cases = fc.record({
    q: fc.constantFrom('lamp', 'zebra or lamp'),
    bounds,
    brand: fc.constantFrom(null, BRAND),
    cheap: fc.boolean(),
    sampled: fc.boolean(),
  });
  await withClient(shop.env.MIGRATION_DATABASE_URL, async (client) => {
    await client.query('BEGIN');
    await client.query(LAMPS);
    const check = async ({ q, bounds, brand, cheap, sampled }: typeof cases extends fc.Arbitrary<infer Case> ? Case : never) => {
      const way = productSearch.ways(q)[0] as SearchWay;
      const { bind, values } = new Binder();
      const isBrand: Condition = (t, add) => `${t}.brand = ${add(brand, 'text')}`;
      const isCheap: Condition = (t) => `${t}.price < 2`;
      const conditions: Condition[] = [(t) => `${t}.slug LIKE 'lamp-%'`, ...(brand === null ? [] : [isBrand]), ...(cheap ? [isCheap] : [])];
      const known = brand === null ? [] : [productSearch.knownFilters.brand?.(brand) as Condition];
      const isFiltered = brand !== null || cheap;
      const rows = { table: 'products', conditions, known, matches: way.matches, isFiltered, sampling: sampled ? productSampling : null };
      const { ctes, isTruncated } = candidateRows(rows, { ...(way.candidates as Candidates), ...bounds }, bind);
      const text = `WITH ${ctes} SELECT ${isTruncated} AS truncated, (SELECT array_agg(slug) FROM candidates) AS slugs`;
      const [{ truncated, slugs }] = (await client.query({ text, values })).rows;
      const group = (n: number) => (n % 4 === 0 ? 0 : 1);
      const all = Array.from({ length: 512 }, (_, at) => at + 1).filter((n) => (brand === null || n % 3 === 0) && (!cheap || n % 7 < 2));
      const found = (slugs as string[]).map((slug) => Number(slug.slice(5)));
      expect([...new Set(found)].length).toBe(found.length);
      expect(found.filter((n) => !all.includes(n))).toEqual([]);
      expect(found.length).toBe(truncated ? (isFiltered ? bounds.filteredLimit : bounds.limit) : all.length);
      // Each one that is left out is of a later group than all that are found, and is viewed no more than those of its own kind.
      const left = all.filter((n) => !found.includes(n));
      const last = Math.min(...found.map(group));
      for (const kind of [(n: number) => n % 4 === 0, (n: number) => n % 4 === 1, (n: number) => n % 4 > 1]) {
        const [most, least] = [Math.max(...left.filter(kind).map((n) => n % 5)), Math.min(...found.filter(kind).map((n) => n % 5))];
        expect(most).toBeLessThanOrEqual(least);
      }
      if (q === 'lamp') expect(left.filter((n) => group(n) > last)).toEqual([]);
    };
    await fc.assert(fc.asyncProperty(cases, check), { numRuns: 40 });
    await client.query('ROLLBACK');
  });
});
