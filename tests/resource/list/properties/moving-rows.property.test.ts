import fc from 'fast-check';
import { products } from '../../../../src/catalogue/products/product.resource';
import { useShop } from '../../../support/use-shop';
import { expectedIds, type Question, type Subject } from './oracle';
import { written } from './questions';
import { fillShop, SEED } from './rows';
import { fetchPage, idsOf, walk } from './walk';

const RUNS = Number(process.env.FUZZ_RUNS ?? 10);

const { shop, admin } = useShop({ admin: 'admin' });
let subject: Subject;

beforeAll(async () => {
  subject = { resource: products, table: 'products', token: admin.token };
  await fillShop(shop);
});

jest.setTimeout(120_000);

type Change = readonly [kind: 'come' | 'go' | 'return' | 'move', which: number];

const change: fc.Arbitrary<Change> = fc.tuple(fc.constantFrom('come', 'go', 'return', 'move'), fc.nat(1_000));
const sorts = fc.constantFrom(
  ['brand'],
  ['-brand'],
  ['price', '-name'],
  ['-price', 'brand'],
  ['brand', '-rating', 'name'],
  ['-createdAt'],
  ['id'],
);

/* Rows whose number ends in 0, 3 or 6 exist throughout; the others are inserted, deleted and moved. */
const STANDING = "split_part(slug, '-', 2)::int % 10 IN (0, 3, 6)";
const ONE_OF_THE_OTHERS = `(SELECT id FROM products WHERE NOT ${STANDING} ORDER BY id OFFSET $1::int % (SELECT count(*) FROM products WHERE NOT ${STANDING}) LIMIT 1)`;
const CHANGES: Readonly<Record<Change[0], string>> = {
  come: `INSERT INTO products (id, name, slug, sku, brand, price) SELECT uuid_v7(), name, 'p-' || number, 'SKU ' || number, brand, price
    FROM (SELECT name, brand, price FROM products ORDER BY id LIMIT 1 OFFSET $1::int % 80) p,
      (SELECT max(split_part(slug, '-', 2)::int) / 10 * 10 + 19 AS number FROM products) n`,
  go: `UPDATE products SET deleted_at = clock_timestamp() WHERE id = ${ONE_OF_THE_OTHERS}`,
  return: `UPDATE products SET deleted_at = NULL WHERE id = ${ONE_OF_THE_OTHERS}`,
  move: `UPDATE products SET (price, brand, name, rating) = (SELECT price, brand, name, rating FROM products ORDER BY id OFFSET $1::int % 80 LIMIT 1)
    WHERE id = ${ONE_OF_THE_OTHERS}`,
};

async function standing(question: Question): Promise<string[]> {
  return expectedIds(shop, { ...subject, shown: STANDING }, question);
}

test('neither misses nor repeats a row that exists throughout the walk', async () => {
  const asked = fc.record({
    sort: sorts,
    limit: fc.integer({ min: 2, max: 15 }),
    changes: fc.array(change, { minLength: 10, maxLength: 60 }),
  });
  await fc.assert(
    fc.asyncProperty(asked, async ({ sort, limit, changes }) => {
      const question: Question = { filters: [], sort, deleted: 'without' };
      const stood = await standing(question);
      const isStanding = new Set(stood);
      const query = `${written(question)}&limit=${limit}`;
      let at = 0;
      const between = async () => {
        for (const [kind, which] of changes.slice(at, at + 3)) await shop.query(CHANGES[kind], [which]);
        at += 3;
      };
      const forward = await walk(shop, subject, query, 'nextCursor', null, between);
      expect(idsOf(forward).filter((id) => isStanding.has(id))).toEqual(stood);
      at = 0;
      const last = forward.at(-1);
      const back = await walk(shop, subject, query, 'prevCursor', last?.pagination.prevCursor, between);
      const backAndLast = idsOf([...back.reverse(), ...(last ? [last] : [])]);
      expect(backAndLast.filter((id) => isStanding.has(id))).toEqual(stood);
    }),
    { numRuns: RUNS, seed: SEED },
  );
});

test.each(['brand', '-brand', 'price,-name', 'name'])(
  'sort=%s: leads back from an empty page where all rows beyond the cursor are gone',
  async (sort) => {
    const query = `sort=${sort}&limit=5&deleted=without`;
    const first = await fetchPage(shop, subject, query);
    const second = await fetchPage(shop, subject, `${query}&cursor=${first.pagination.nextCursor}`);
    const remove = (where: string) =>
      shop.query<{ id: string }>(`UPDATE products SET deleted_at = clock_timestamp() WHERE ${where} AND deleted_at IS NULL RETURNING id`, [
        idsOf([first]),
      ]);
    const restore = (rows: readonly { id: string }[]) =>
      shop.query('UPDATE products SET deleted_at = NULL WHERE id = ANY($1::uuid[])', [rows.map(({ id }) => id)]);

    const behind = await remove('id <> ALL($1::uuid[])');
    const past = await fetchPage(shop, subject, `${query}&cursor=${first.pagination.nextCursor}`);
    expect([past.data, past.pagination.hasNext]).toEqual([[], false]);
    const backFromPast = await fetchPage(shop, subject, `${query}&cursor=${past.pagination.prevCursor}`);
    expect(idsOf([backFromPast])).toEqual(idsOf([first]));
    await restore(behind);

    const before = await remove('id = ANY($1::uuid[])');
    const start = await fetchPage(shop, subject, `${query}&cursor=${second.pagination.prevCursor}`);
    expect([start.data, start.pagination.prevCursor]).toEqual([[], null]);
    const onFromStart = await fetchPage(shop, subject, `${query}&cursor=${start.pagination.nextCursor}`);
    expect(idsOf([onFromStart])).toEqual(idsOf([second]));
    await restore(before);
  },
);
