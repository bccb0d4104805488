import type { Ctx } from '../../../src/context/context';
import { loadRow } from '../../../src/resource/read/data-loader';
import { recordQueries } from '../../support/query-recorder';
import { type Shop, startShop } from '../../support/shop';
import { useShop } from '../../support/use-shop';

const { shop } = useShop();

/* Returns a row for each key but "missing", the last one first; `$1` is the statement's own parameter. */
const TEXT = `SELECT position::int, CASE WHEN etag = 'held' THEN NULL ELSE $1::text || key END AS body, 'tag' AS tag
  FROM unnest($2::text[], $3::text[]) WITH ORDINALITY AS wanted (key, etag, position) WHERE key <> 'missing' ORDER BY position DESC`;

const contextOf = ({ env, sequelize }: Shop) => ({ env, sequelize }) as Ctx;
const ask = (key: string, own = 'of ', etag: string | null = null, of = shop) =>
  loadRow(contextOf(of), { text: TEXT, values: [own] }, { key, etag });
const keys = (count: number) => Array.from({ length: count }, (_, at) => `key ${at}`);
/** The queries by the statement: a connection that is new says more. */
const recorded = async (work: () => Promise<void>) => (await recordQueries(work)).filter(({ text }) => text === TEXT);
const asked = (values: readonly unknown[]) => (values[1] as string[]).length;

test('reads of one turn run together, sixteen at most, and each caller gets its own row', async () => {
  const queries = await recorded(async () => {
    const rows = await Promise.all(keys(40).map((key) => ask(key)));
    expect(rows.map((row) => row?.body)).toEqual(keys(40).map((key) => `of ${key}`));
  });
  expect(queries.map(({ values }) => asked(values))).toEqual([16, 16, 8]);
});

test('a missing row is null, a held one has no body, and neither shifts the others', async () => {
  const rows = await Promise.all([ask('a'), ask('missing'), ask('b', 'of ', 'held'), ask('a'), ask('c')]);
  expect(rows.map((row) => (row === null ? 'not there' : row.body))).toEqual(['of a', 'not there', null, 'of a', 'of c']);
  expect(rows.map((row) => row?.tag)).toEqual(['tag', undefined, 'tag', 'tag', 'tag']);
});

test('statements with different parameters never mix', async () => {
  const queries = await recorded(async () => {
    const rows = await Promise.all(keys(6).map((key, at) => ask(key, at % 2 ? 'mine ' : 'yours ')));
    expect(rows.map((row) => row?.body)).toEqual(keys(6).map((key, at) => `${at % 2 ? 'mine' : 'yours'} ${key}`));
  });
  expect(queries.map(({ values }) => [values[0], asked(values)])).toEqual([
    ['yours ', 3],
    ['mine ', 3],
  ]);
});

test('a read never waits for one of a later turn', async () => {
  const queries = await recorded(async () => {
    for (const key of keys(3)) await ask(key);
  });
  expect(queries.map(({ values }) => asked(values))).toEqual([1, 1, 1]);
});

test('a failing statement fails its own callers only', async () => {
  const broken = { text: `SELECT 1 / (cardinality($2::text[]) - 2) AS position, $1::text AS body, $3::text[] AS x`, values: ['own'] };
  const failing = ['a', 'b'].map((key) => loadRow(contextOf(shop), broken, { key, etag: null }));
  const results = await Promise.allSettled([...failing, ask('c')]);
  expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'fulfilled']);
  expect((await ask('d'))?.body).toBe('of d');
});

test('with batching off each read is a statement of its own, with the same row', async () => {
  const unbatched = await startShop({ BATCHING: 'off' });
  try {
    const queries = await recorded(async () => {
      const rows = await Promise.all(keys(5).map((key) => ask(key, 'of ', null, unbatched)));
      expect(rows.map((row) => row?.body)).toEqual(keys(5).map((key) => `of ${key}`));
    });
    expect(queries.map(({ values }) => asked(values))).toEqual([1, 1, 1, 1, 1]);
  } finally {
    await unbatched.close();
  }
});
