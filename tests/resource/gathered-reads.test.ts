import { gatheredRead } from '../../src/resource/read/data-loader';
import { recordQueries } from '../support/query-recorder';
import { type Shop, startShop } from '../support/shop';

let shop: Shop;

beforeAll(async () => {
  shop = await startShop();
});
afterAll(() => shop.close());

/* Answers each key but "missing", the last one first; `$1` is the statement's own value. */
const TEXT = `SELECT place::int, CASE WHEN tag = 'held' THEN NULL ELSE $1::text || key END AS body, 1 AS version, NULL AS digest
  FROM unnest($2::text[], $3::text[]) WITH ORDINALITY AS asked (key, tag, place) WHERE key <> 'missing' ORDER BY place DESC`;

const ask = (key: string, own = 'of ', tag: string | null = null) =>
  gatheredRead(shop.sequelize, { text: TEXT, values: [own] }, { key, tag });
const keys = (count: number) => Array.from({ length: count }, (_, at) => `key ${at}`);
/** The queries by the statement: a connection that is new says more. */
const recorded = async (work: () => Promise<void>) => (await recordQueries(work)).filter(({ text }) => text === TEXT);
const asked = (values: readonly unknown[]) => (values[1] as string[]).length;

test('what is asked for in one turn goes out by sixteen, and everybody gets his own', async () => {
  const queries = await recorded(async () => {
    const rows = await Promise.all(keys(40).map((key) => ask(key)));
    expect(rows.map((row) => row?.body)).toEqual(keys(40).map((key) => `of ${key}`));
  });
  expect(queries.map(({ values }) => asked(values))).toEqual([16, 16, 8]);
});

test('one that is not there is null, one that is held has no body, and neither shifts the others', async () => {
  const rows = await Promise.all([ask('a'), ask('missing'), ask('b', 'of ', 'held'), ask('a'), ask('c')]);
  expect(rows.map((row) => (row === null ? 'not there' : row.body))).toEqual(['of a', 'not there', null, 'of a', 'of c']);
  expect(rows.map((row) => row?.version)).toEqual([1, undefined, 1, 1, 1]);
});

test('statements with values of their own never mix', async () => {
  const queries = await recorded(async () => {
    const rows = await Promise.all(keys(6).map((key, at) => ask(key, at % 2 ? 'mine ' : 'yours ')));
    expect(rows.map((row) => row?.body)).toEqual(keys(6).map((key, at) => `${at % 2 ? 'mine' : 'yours'} ${key}`));
  });
  expect(queries.map(({ values }) => [values[0], asked(values)])).toEqual([
    ['yours ', 3],
    ['mine ', 3],
  ]);
});

test('who asks in another turn is not kept waiting for', async () => {
  const queries = await recorded(async () => {
    for (const key of keys(3)) await ask(key);
  });
  expect(queries.map(({ values }) => asked(values))).toEqual([1, 1, 1]);
});

test('a statement that fails fails for all who asked by it, and for nobody else', async () => {
  const broken = { text: `SELECT 1 / (cardinality($2::text[]) - 2) AS place, $1::text AS body, $3::text[] AS x`, values: ['own'] };
  const failing = ['a', 'b'].map((key) => gatheredRead(shop.sequelize, broken, { key, tag: null }));
  const results = await Promise.allSettled([...failing, ask('c')]);
  expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'fulfilled']);
  expect((await ask('d'))?.body).toBe('of d');
});
