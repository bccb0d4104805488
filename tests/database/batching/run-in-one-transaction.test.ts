import type { Client } from 'pg';
import { runInOneTransaction } from '../../../src/database/batching/run-in-one-transaction';
import { withConnection } from '../../../src/database/sql/statement';
import { APPLICATION } from '../../support/server';
import { useShop } from '../../support/use-shop';

const { shop } = useShop();

beforeAll(async () => {
  await shop.query('CREATE TABLE marks (n int PRIMARY KEY)');
  await shop.query(`GRANT SELECT, INSERT ON marks TO ${APPLICATION}`);
});
beforeEach(() => shop.query('TRUNCATE marks'));

const mark = (n: number) => ({ text: 'INSERT INTO marks VALUES ($1::int) RETURNING n', values: [n] });
const marks = async () => (await shop.query<{ n: number }>('SELECT n FROM marks ORDER BY n')).map(({ n }) => n);

/** The connection, on which PostgreSQL refuses some statements, as one that is cancelled. */
const refusing = (connection: Client, refused: readonly string[]) =>
  new Proxy(connection, {
    get: (target, name) => {
      const value = Reflect.get(target, name, target);
      if (typeof value !== 'function') return value;
      if (name !== 'query') return value.bind(target);
      return (text: unknown) => target.query(refused.includes(String(text)) ? 'SELECT 1 / 0' : (text as string));
    },
  });
const run = (refused: readonly string[], ns: readonly number[]) =>
  withConnection(shop.sequelize, (connection) => runInOneTransaction<{ n: number }>(refusing(connection, refused), ns.map(mark)));

test('commits all statements, or none', async () => {
  expect(await run([], [1, 2])).toEqual([{ n: 1 }, { n: 2 }]);
  expect(await run([], [3, 1])).toBeNull();
  expect(await marks()).toEqual([1, 2]);
});

/* Without a transaction each statement commits by itself. */
test.each([[['BEGIN']], [['BEGIN', 'COMMIT']]])('returns what was committed, and no more, where %j alone is cancelled', async (refused) => {
  await shop.query('INSERT INTO marks VALUES (2)');
  expect(await run(refused, [1, 2, 3])).toEqual([{ n: 1 }, { n: 3 }]);
  expect(await marks()).toEqual([1, 2, 3]);
});
