import { v7 } from 'uuid';
import { announcing, type BatchResult, type BatchUnit, type Locking } from '../../../src/database/batching/batch-unit';
import { GroupCommit } from '../../../src/database/batching/group-commit';
import { deadlineOf } from '../../../src/database/pool/waits/deadline';
import type { Statement } from '../../../src/database/sql/statement';
import { behindLock } from '../../support/behind-lock';
import { recordStatements } from '../../support/query-recorder';
import { APPLICATION } from '../../support/server';
import { useShop } from '../../support/use-shop';

interface Mark extends BatchUnit {
  readonly n: number;
  readonly row: string;
  readonly deed: string | null;
}
interface Marked extends BatchResult {
  readonly n: number;
}

const { shop } = useShop({}, { DB_POOL_ACQUIRE_TIMEOUT_MS: '2000' });
let rows: readonly string[];
let groups: GroupCommit<Mark, Marked>;

const ROWS = 30;

beforeAll(async () => {
  await shop.query(`CREATE TABLE shelf (id uuid PRIMARY KEY, taken text NOT NULL DEFAULT '')`);
  await shop.query(
    'CREATE TABLE marks (n int NOT NULL, tx xid8 NOT NULL DEFAULT pg_current_xact_id(), UNIQUE (n) DEFERRABLE INITIALLY DEFERRED)',
  );
  await shop.query(`GRANT SELECT, INSERT, UPDATE ON shelf, marks TO ${APPLICATION}`);
  await shop.query(`CREATE FUNCTION do_deed(deed text) RETURNS boolean LANGUAGE plpgsql AS '
    BEGIN
      IF deed = ''fail'' THEN RAISE division_by_zero; END IF;
      RETURN CASE deed WHEN ''break'' THEN pg_terminate_backend(pg_backend_pid()) END;
    END'`);
  groups = new GroupCommit(shop.sequelize, marking);
});
beforeEach(async () => {
  await shop.query('TRUNCATE shelf, marks');
  await shop.query(`INSERT INTO shelf SELECT uuid_v7() FROM generate_series(1, ${ROWS})`);
  rows = (await shop.query<{ id: string }>('SELECT id FROM shelf')).map(({ id }) => id);
});

const HOLD = 'SELECT FROM shelf WHERE id = ANY ($1::uuid[]) FOR UPDATE';

/** Each takes its row and leaves a mark. */
function marking(units: readonly Mark[], locking: Locking, announcement: string): Statement {
  const text = `WITH ${announcing(1)},
    units AS MATERIALIZED (SELECT u.* FROM announced, unnest($2::uuid[], $3::int[], $4::uuid[], $5::text[]) AS u (id, n, row, deed)),
    locked AS MATERIALIZED (SELECT s.id FROM shelf s JOIN units u ON u.row = s.id FOR UPDATE OF s ${locking === 'skip' ? 'SKIP LOCKED' : ''}),
    taken AS (UPDATE shelf s SET taken = taken || ' ' || u.n FROM units u JOIN locked l ON l.id = u.row WHERE s.id = u.row),
    marked AS (INSERT INTO marks (n) SELECT u.n FROM units u JOIN locked l ON l.id = u.row WHERE do_deed(u.deed) IS NOT TRUE)
    SELECT u.id, u.n, u.row IN (SELECT id FROM locked) AS is_decided FROM units u`;
  const columns = (['id', 'n', 'row', 'deed'] as const).map((name) => units.map((unit) => unit[name]));
  return { text, values: [announcement, ...columns] };
}

const unit = (n: number, row: string, deed: string | null = null): Mark => ({ id: v7(), rows: [row], variables: {}, n, row, deed });
const inTime = () => deadlineOf(shop.sequelize);
const submit = async (n: number, row: string, deed?: string) => (await groups.submit(unit(n, row, deed), inTime())).n;
const row = (at: number) => rows[at] as string;
const marks = async () => (await shop.query<{ n: number }>('SELECT n FROM marks ORDER BY n')).map(({ n }) => n);
const upTo = (count: number) => Array.from({ length: count }, (_, at) => at);

test('runs units that queue behind two groups in groups of sixteen, one statement each, and returns each its own result', async () => {
  const statements = await recordStatements(async () => {
    expect(await Promise.all(upTo(20).map((n) => submit(n, row(n))))).toEqual(upTo(20));
  });
  expect(statements.filter((text) => !text.startsWith('SET'))).toHaveLength(4);
  expect(await shop.query('SELECT count(*)::int AS units FROM marks GROUP BY tx ORDER BY 1')).toEqual(
    [1, 1, 2, 16].map((units) => ({ units })),
  );
});

test('runs units of one row in order of arrival, many in one transaction', async () => {
  await Promise.all(upTo(30).map((n) => submit(n, row(n % 2))));
  expect((await shop.query('SELECT DISTINCT tx FROM marks')).length).toBeLessThanOrEqual(6);
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

test('lets no later unit overtake one that waits for two rows', async () => {
  const both = { ...unit(1, row(1)), rows: [row(0), row(1)] };
  await behindLock(shop, { sql: HOLD, values: [[row(0)]] }, () =>
    Promise.all([submit(0, row(0)), groups.submit(both, inTime()), submit(2, row(1))]),
  );
  expect(await shop.query('SELECT taken FROM shelf WHERE id = $1', [row(1)])).toEqual([{ taken: ' 1 2' }]);
});

/* Units of rows of their own are one statement, those of a few rows several, between BEGIN and COMMIT. */
const GROUPS = [
  { form: 'of one statement', spread: 20, doneWithoutGroup: 4 },
  { form: 'of several statements', spread: 4, doneWithoutGroup: 6 },
];

test.each(GROUPS)('fails only the unit that PostgreSQL refuses, and runs the others of its group $form once', async ({ spread }) => {
  const results = await Promise.allSettled(upTo(20).map((n) => submit(n, row(n % spread), n === 7 ? 'fail' : undefined)));
  expect(results.filter(({ status }) => status === 'rejected')).toEqual([
    { status: 'rejected', reason: expect.objectContaining({ code: '22012' }) },
  ]);
  expect(results[7]?.status).toBe('rejected');
  expect(await marks()).toEqual(upTo(20).filter((n) => n !== 7));
});

test.each(GROUPS)('fails only the unit that breaks a constraint at the commit $form, and runs the others', async ({ spread }) => {
  await submit(7, row(0));
  const results = await Promise.allSettled(upTo(20).map((n) => submit(n, row(n % spread))));
  expect(results.map(({ status }) => status)).toEqual(upTo(20).map((n) => (n === 7 ? 'rejected' : 'fulfilled')));
  expect(results[7]).toMatchObject({ reason: { code: '23505' } });
  expect(await marks()).toEqual(upTo(20));
});

test('delays only units of the same row where one waits for a lock', async () => {
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

test('processes other rows while both groups wait for locks', async () => {
  const meanwhile = async () => expect(await submit(9, row(9))).toBe(9);
  await behindLock(shop, { sql: HOLD, values: [rows.slice(0, 4)], meanwhile }, () => Promise.all(upTo(4).map((n) => submit(n, row(n)))));
  expect(await marks()).toEqual([0, 1, 2, 3, 9]);
});

test.each(GROUPS)('rejects every unit of a group $form whose connection breaks, and does none', async ({ spread, doneWithoutGroup }) => {
  const results = await Promise.allSettled(upTo(20).map((n) => submit(n, row(n % spread), n === 10 ? 'break' : undefined)));
  const done = upTo(20).filter((n) => results[n]?.status === 'fulfilled');
  expect(await marks()).toEqual(done);
  expect(done).toHaveLength(doneWithoutGroup);
  expect(await submit(20, row(20))).toBe(20);
});

test('rejects a unit at its deadline, without any other traffic', async () => {
  const meanwhile = async () => expect(submit(1, row(0))).rejects.toMatchObject({ type: { code: 'busy' } });
  await behindLock(shop, { sql: HOLD, values: [[row(0)]], meanwhile }, () => submit(0, row(0)));
  expect(await marks()).toEqual([0]);
});

test('rejects the units of a group whose statement cannot be made, and keeps none of their rows', async () => {
  const making = jest.fn(marking);
  const failing = new GroupCommit<Mark, Marked>(shop.sequelize, making);
  making.mockImplementation((units, ...others) => {
    if (units.some(({ n }) => n === 7)) throw new Error('no statement for 7');
    return marking(units, ...others);
  });
  const results = await Promise.allSettled(upTo(20).map((n) => failing.submit(unit(n, row(n)), inTime())));
  const rejected = upTo(20).filter((n) => results[n]?.status === 'rejected');
  expect(rejected).toContain(7);
  expect(results[7]).toMatchObject({ reason: new Error('no statement for 7') });
  expect(await marks()).toEqual(upTo(20).filter((n) => !rejected.includes(n)));
  await shop.query('TRUNCATE marks');
  expect(await Promise.all(upTo(20).map((n) => submit(n, row(n))))).toEqual(upTo(20));
});
