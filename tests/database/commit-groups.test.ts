import { commitTogether } from '../../src/database/together/commit-groups';
import { behindLock } from '../support/behind-lock';
import { recordStatements } from '../support/query-recorder';
import { type Shop, startShop } from '../support/shop';

let shop: Shop;
let rows: readonly string[];

const ROWS = 30;

beforeAll(async () => {
  shop = await startShop();
  await shop.query(`CREATE TABLE shelf (id uuid PRIMARY KEY, taken text NOT NULL DEFAULT '')`);
  await shop.query(
    'CREATE TABLE marks (n int NOT NULL, tx xid8 NOT NULL DEFAULT pg_current_xact_id(), UNIQUE (n) DEFERRABLE INITIALLY DEFERRED)',
  );
});
beforeEach(async () => {
  await shop.query('TRUNCATE shelf, marks');
  await shop.query(`INSERT INTO shelf SELECT uuid_v7() FROM generate_series(1, ${ROWS})`);
  rows = (await shop.query<{ id: string }>('SELECT id FROM shelf')).map(({ id }) => id);
});
afterAll(() => shop.close());

const HOLD = 'SELECT FROM shelf WHERE id = ANY ($1::uuid[]) FOR UPDATE';

/** A unit that takes a row and leaves a mark, by `more` if it is told to do something else beside. */
const unit = (n: number, row: string, more = 'SELECT') => ({
  statement: {
    text: `WITH taken AS (UPDATE shelf SET taken = taken || ' ' || $1::int WHERE id = $2::uuid), other AS MATERIALIZED (${more})
      INSERT INTO marks (n) SELECT $1::int WHERE (SELECT count(*) FROM other) >= 0 RETURNING n`,
    values: [n, row],
  },
  locks: [{ table: 'shelf', ids: [row] }],
});
const submit = (n: number, row: string, more?: string) => commitTogether<{ n: number }>(shop.sequelize, unit(n, row, more));
const row = (at: number) => rows[at] as string;
const marks = async () => (await shop.query<{ n: number }>('SELECT n FROM marks ORDER BY n')).map(({ n }) => n);
const upTo = (count: number) => Array.from({ length: count }, (_, at) => at);

test('what comes while three are underway goes in groups of twelve, and everybody gets his own answer', async () => {
  const statements = await recordStatements(async () => {
    const answers = await Promise.all(upTo(20).map((n) => submit(n, row(n))));
    expect(answers).toEqual(upTo(20).map((n) => [{ n }]));
  });
  expect(statements.filter((text) => text === 'BEGIN')).toHaveLength(2);
  expect(await shop.query('SELECT count(*)::int AS units FROM marks GROUP BY tx ORDER BY 1')).toEqual(
    [1, 1, 1, 5, 12].map((units) => ({ units })),
  );
});

test('units of one row are done in the order in which they came', async () => {
  await Promise.all(upTo(30).map((n) => submit(n, row(n % 2))));
  const taken = async (at: number) => (await shop.query<{ taken: string }>('SELECT taken FROM shelf WHERE id = $1', [row(at)]))[0]?.taken;
  expect(await taken(0)).toBe(
    ` ${upTo(15)
      .map((n) => 2 * n)
      .join(' ')}`,
  );
  expect(await taken(1)).toBe(
    ` ${upTo(15)
      .map((n) => 2 * n + 1)
      .join(' ')}`,
  );
});

test('one that waits for two rows is not overtaken at the one by who comes after it', async () => {
  const both = { ...unit(1, row(1)), locks: [{ table: 'shelf', ids: [row(0), row(1)] }] };
  await behindLock(shop, { sql: HOLD, values: [[row(0)]] }, () =>
    Promise.all([submit(0, row(0)), commitTogether(shop.sequelize, both), submit(2, row(1))]),
  );
  expect(await shop.query('SELECT taken FROM shelf WHERE id = $1', [row(1)])).toEqual([{ taken: ' 1 2' }]);
});

test('one that fails fails alone: the others of its group are done all the same, once', async () => {
  const results = await Promise.allSettled(upTo(20).map((n) => submit(n, row(n), n === 7 ? 'SELECT 1 / 0' : undefined)));
  expect(results.filter(({ status }) => status === 'rejected')).toEqual([
    { status: 'rejected', reason: expect.objectContaining({ code: '22012' }) },
  ]);
  expect(results[7]?.status).toBe('rejected');
  expect(await marks()).toEqual(upTo(20).filter((n) => n !== 7));
});

test('where the commit is refused, the one that may not stand is refused, and the others are done', async () => {
  await submit(7, row(0));
  const results = await Promise.allSettled(upTo(20).map((n) => submit(n, row(n))));
  expect(results.map(({ status }) => status)).toEqual(upTo(20).map((n) => (n === 7 ? 'rejected' : 'fulfilled')));
  expect(results[7]).toMatchObject({ reason: { code: '23505' } });
  expect(await marks()).toEqual(upTo(20));
});

test('one that has to wait for a row keeps nobody waiting but those of the same row', async () => {
  const ahead = { sql: HOLD, values: [[row(5)]] };
  const others = upTo(20).filter((n) => n !== 5);
  let isOver = false;
  const meanwhile = async () => {
    await Promise.all(done);
    await Promise.all(others.map((n) => submit(100 + n, row(n))));
    expect([await marks(), isOver]).toEqual([[...others, ...others.map((n) => 100 + n)], false]);
  };
  let done: Promise<unknown>[] = [];
  await behindLock(shop, { ...ahead, meanwhile }, async () => {
    done = others.slice(0, 5).map((n) => submit(n, row(n)));
    const held = submit(5, row(5)).then(() => {
      isOver = true;
    });
    done.push(...others.slice(5).map((n) => submit(n, row(n))));
    await Promise.all([held, submit(20, row(5))]);
  });
  expect(await marks()).toEqual([...upTo(21), ...others.map((n) => 100 + n)]);
});

test('as many as may be underway wait for rows: who needs none of them goes on', async () => {
  const meanwhile = async () => expect(await submit(9, row(9))).toEqual([{ n: 9 }]);
  await behindLock(shop, { sql: HOLD, values: [rows.slice(0, 4)], meanwhile }, () => Promise.all(upTo(4).map((n) => submit(n, row(n)))));
  expect(await marks()).toEqual([0, 1, 2, 3, 9]);
});

test('a connection that breaks: nobody of its group is told that he is done, and nothing is', async () => {
  const results = await Promise.allSettled(
    upTo(20).map((n) => submit(n, row(n), n === 10 ? 'SELECT pg_terminate_backend(pg_backend_pid())' : undefined)),
  );
  const done = upTo(20).filter((n) => results[n]?.status === 'fulfilled');
  expect(await marks()).toEqual(done);
  expect(done).toHaveLength(8);
  expect(await submit(20, row(20))).toEqual([{ n: 20 }]);
});

test('who waited as long as one may wait for a connection is told so', async () => {
  const meanwhile = async () => {
    const late = expect(submit(1, row(0))).rejects.toMatchObject({ name: 'SequelizeConnectionAcquireTimeoutError' });
    const clock = jest.spyOn(Date, 'now').mockReturnValue(Date.now() + shop.env.DB_POOL_ACQUIRE_TIMEOUT_MS + 1_000);
    await submit(2, row(2)).finally(() => clock.mockRestore());
    await late;
  };
  await behindLock(shop, { sql: HOLD, values: [[row(0)]], meanwhile }, () => submit(0, row(0)));
  expect(await marks()).toEqual([0, 2]);
});
