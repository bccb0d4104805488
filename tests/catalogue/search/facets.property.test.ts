import fc from 'fast-check';
import { products } from '../../../src/catalogue/products/product.resource';
import { productFacets } from '../../../src/catalogue/products/search/product-facets';
import { withClient } from '../../../src/database/connection/open-client';
import { facetsStatement } from '../../../src/resource/list/facets/facets-statement';
import { letRatingsBeSet, makeProduct } from '../../factories/products';
import { useShop } from '../../support/use-shop';

const { shop, manager, customer } = useShop({ manager: 'manager', customer: 'customer' });

const RUNS = Number(process.env.FACET_RUNS ?? 6);
const BRANDS = ['Acme', 'Bolt', 'Café, Bar "X"'];
const COLOURS = ['red', 'blue', 'dark green'];
const STATUSES = ['active', 'active', 'active', 'draft', 'inactive'];
const FACETS = ['category', 'brand', 'price', 'inStock', 'featured', 'tag', 'rating', 'status', 'attributes.colour', 'attributes.size'];

interface Value {
  readonly value: string;
  readonly from?: string;
  readonly to?: string | null;
  readonly count: number;
}

let categories: string[];

beforeAll(async () => {
  const token = manager.token;
  const made = async (path: string, body: object) => String((await shop.call('post', path, { token, body })).body.id);
  const roots = [await made('/v1/categories', { name: 'Drinks' }), await made('/v1/categories', { name: 'Tools' })];
  const below = [
    await made('/v1/categories', { name: 'Tea', parentId: roots[0] }),
    await made('/v1/categories', { name: 'Coffee', parentId: roots[0] }),
  ];
  categories = [...roots, ...below, await made('/v1/categories', { name: 'Green tea', parentId: below[0] })];
  const tags = [await made('/v1/tags', { name: 'New' }), await made('/v1/tags', { name: 'Sale' })];
  await letRatingsBeSet(shop);
  for (let n = 0; n < 48; n += 1) {
    const id = await makeProduct(shop, manager, {
      name: n % 3 === 0 ? `Copper pot ${n}` : `Steel pot ${n}`,
      brand: n % 7 === 0 ? null : BRANDS[n % 3],
      price: String([5, 10, 24.99, 25, 60, 700][n % 6]),
      stockQuantity: n % 4,
      featured: n % 5 === 0,
      status: STATUSES[n % 5],
      categoryId: n % 8 === 0 ? null : categories[n % 5],
      attributes: {
        colour: n % 6 === 0 ? [COLOURS[0], COLOURS[1]] : COLOURS[n % 3],
        ...(n % 2 === 0 && { size: n % 4 === 0 ? 5 : '5.0' }),
      },
    });
    for (const [at, tag] of tags.entries()) {
      if (n % (at + 2) === 0) await shop.call('put', `/v1/products/${id}/tags/${tag}`, { token });
    }
    await shop.query('UPDATE products SET rating = $2 WHERE id = $1::uuid', [id, (n % 11) / 2]);
  }
});

const filters: readonly (readonly [string, readonly string[]])[] = [
  ['brand', BRANDS],
  ['brand[in]', ['Acme,Bolt', '"Café, Bar ""X""",Acme']],
  ['brand[isnull]', ['true', 'false']],
  ['price[gte]', ['10', '25']],
  ['price[lt]', ['25', '100']],
  ['inStock', ['true', 'false']],
  ['featured', ['true', 'false']],
  ['tag', ['new', 'sale']],
  ['rating[gte]', ['2', '4']],
  ['status[ne]', ['draft']],
  ['attributes.colour', COLOURS],
  ['attributes.colour[ne]', COLOURS],
  ['q', ['pot', 'copper', 'coper', 'steel -copper']],
];

const choices = fc
  .subarray([...filters], { maxLength: 4 })
  .chain((chosen) => fc.tuple(...chosen.map(([name, values]) => fc.constantFrom(...values).map((value) => [name, value] as const))));
const requests = fc.record({
  filters: choices,
  category: fc.option(fc.nat({ max: 4 }), { nil: undefined }),
  facets: fc.subarray(FACETS, { minLength: 1, maxLength: 3 }),
});

/* The filters that lead to a value of a facet. */
function leadingTo(facet: string, { value, from, to }: Value): [string, string][] {
  if (from === undefined) return [[facet, value]];
  return [[`${facet}[gte]`, from], ...(to ? ([[`${facet}[lt]`, to]] as [string, string][]) : [])];
}

const isOf = (facet: string, name: string) => name.replace(/\[\w+\]$/, '') === facet;
const withToken = () => ({ token: manager.token });
const queryOf = (parts: readonly (readonly [string, string])[]) =>
  new URLSearchParams(parts.map(([name, value]): [string, string] => [name, value])).toString();

async function totalOf(parts: readonly (readonly [string, string])[]): Promise<number> {
  const { status, body } = await shop.call('get', `/v1/products?limit=1&total=exact&${queryOf(parts)}`, withToken());
  expect([parts, status]).toEqual([parts, 200]);
  return body.pagination.total;
}

test('counts each facet under the other filters, as many as a list with its value has', async () => {
  await fc.assert(
    fc.asyncProperty(requests, async ({ filters: given, category, facets }) => {
      const all = [...given, ...(category === undefined ? [] : [['category', String(categories[category])] as const])];
      const query = queryOf([...all, ['facets', facets.join(',')], ['limit', '1']]);
      const { status, body } = await shop.call('get', `/v1/products?${query}`, withToken());
      expect([query, status]).toEqual([query, 200]);
      const alone = await shop.call('get', `/v1/products/facets?${query.replace('&limit=1', '')}`, withToken());
      expect(alone.body.facets).toEqual(body.facets);
      for (const facet of facets) {
        const others = all.filter(([name]) => !isOf(facet, name));
        const { values, isApproximate } = body.facets[facet] as { values: Value[]; isApproximate: boolean };
        expect(isApproximate).toBe(false);
        const recounted = await Promise.all(values.map((value) => totalOf([...others, ...leadingTo(facet, value)])));
        expect([query, facet, values.map(({ count }) => count)]).toEqual([query, facet, recounted]);
        const isSingle = ['brand', 'inStock', 'featured', 'status', 'price', 'rating'].includes(facet);
        const missing: [string, string][] = facet === 'brand' ? [['brand[isnull]', 'true']] : [];
        const whole = (await totalOf(others)) - (missing.length > 0 ? await totalOf([...others, ...missing]) : 0);
        if (isSingle) expect([query, facet, recounted.reduce((sum, count) => sum + count, 0)]).toEqual([query, facet, whole]);
      }
    }),
    { numRuns: RUNS, seed: Number(process.env.FUZZ_SEED ?? 7) },
  );
}, 600_000);

test('shows each level of the categories with its subtree, and what customers may see', async () => {
  const counts = async (query: string, token?: string) => (await shop.call('get', `/v1/products/facets?${query}`, { token })).body.facets;
  const labels = ({ category }: { category: { values: { label: string }[] } }) => category.values.map(({ label }) => label).sort();
  expect(labels(await counts('facets=category', manager.token))).toEqual(['Drinks', 'Tools']);
  expect(labels(await counts(`facets=category&category=${categories[0]}`, manager.token))).toEqual(['Coffee', 'Tea']);
  expect(labels(await counts(`facets=category&category=${categories[2]}`, manager.token))).toEqual(['Green tea']);
  const [all, seen] = [await counts('facets=featured', manager.token), await counts('facets=featured', customer.token)];
  const sum = ({ featured }: typeof all) => featured.values.reduce((total: number, { count }: Value) => total + count, 0);
  expect([sum(all), sum(seen)]).toEqual([48, await shop.call('get', '/v1/products?total=exact').then(({ body }) => body.pagination.total)]);
});

test('refuses a facet that does not exist, one too many, and the status to customers', async () => {
  const refused = async (facets: string, token?: string) => {
    const { status, body } = await shop.call('get', `/v1/products?facets=${facets}`, { token });
    return [status, body.code];
  };
  expect(await refused('nothing')).toEqual([400, 'invalid_parameters']);
  expect(await refused('attributes.*')).toEqual([400, 'invalid_parameters']);
  expect(await refused(Array.from({ length: 11 }, (_, n) => `attributes.a${n}`).join(','))).toEqual([400, 'invalid_parameters']);
  expect(await refused('status')).toEqual([401, 'unauthenticated']);
  expect(await refused('status', customer.token)).toEqual([403, 'forbidden']);
  expect((await shop.call('get', '/v1/products/facets')).status).toBe(400);
});

/* Two products in each of the 256 parts. Every 64 parts have half of one brand, so a sample of whole parts is right to the last one. */
const MANY = `INSERT INTO products (id, name, slug, sku, brand, price, attributes)
  SELECT overlay(uuid_v7()::text placing lpad(to_hex(n % 256), 2, '0') from 35)::uuid, 'Lamp ' || n, 'lamp-' || n, 'LAMP-' || n,
    CASE n % 4 WHEN 0 THEN 'Sun' ELSE 'Moon' END, n % 2, jsonb_build_object('colour', jsonb_build_array('white', CASE n % 4 WHEN 1 THEN 'red' END))
  FROM generate_series(1, 512) n`;

test('estimates counts from a sample of whole parts where there are more rows than it counts exactly', async () => {
  const facets = (['brand', 'price', 'attributes.*'] as const).map((name) => {
    return { name, facet: productFacets[name] as NonNullable<(typeof productFacets)[string]>, member: 'colour', filters: [] };
  });
  await withClient(shop.env.MIGRATION_DATABASE_URL, async (client) => {
    await client.query('BEGIN');
    await client.query(MANY);
    const counted = async (exact: number, sample: number) => {
      const statement = facetsStatement(products, {}, [(t) => `${t}.slug LIKE 'lamp-%'`], facets, { exact, sample });
      const [{ rows, isApproximate, ...values }] = (await client.query({ text: statement.text, values: [...statement.values] })).rows;
      expect(Object.values(values as Record<string, Value[]>).map((facet) => facet.map(({ value, count }) => [value, count]))).toEqual([
        [
          ['Moon', 384],
          ['Sun', 128],
        ],
        [['0..10', 512]],
        [
          ['white', 512],
          ['red', 128],
        ],
      ]);
      return { rows, isApproximate };
    };
    expect(await counted(512, 16)).toEqual({ rows: 512, isApproximate: false });
    // The first parts tell that there are far more, or they do not; where all parts are the sample, it is exact again.
    expect(await counted(128, 128)).toEqual({ rows: 128, isApproximate: true });
    expect(await counted(511, 128)).toEqual({ rows: 128, isApproximate: true });
    expect(await counted(511, 512)).toEqual({ rows: 512, isApproximate: false });
    await client.query('ROLLBACK');
  });
});
