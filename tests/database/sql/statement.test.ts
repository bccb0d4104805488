import { systemContext } from '../../../src/context/system-context';
import { PreparedNames } from '../../../src/database/sql/prepared-names';
import { queryAll, queryOn, withConnection } from '../../../src/database/sql/statement';
import { unitOfWork } from '../../../src/database/transaction/unit-of-work';
import { useShop } from '../../support/use-shop';

const { shop } = useShop({}, { DB_POOL_MAX: '1', STATEMENT_TIMEOUT_MS: '1000' });

const ask = (text: string) => withConnection(shop.sequelize, (connection) => queryOn(connection, { text, values: [] }));

test('hands no session that PostgreSQL ended to a waiting request', async () => {
  await ask('SELECT 1 AS one');
  const ended = expect(ask('SELECT pg_terminate_backend(pg_backend_pid())')).rejects.toMatchObject({ code: '57P01' });
  const next = ask('SELECT 1 AS one');
  await ended;
  expect(await next).toEqual([{ one: 1 }]);
});

test('gives a statement of a job the time that it asks for, and the next unit of work the usual one', async () => {
  const ctx = systemContext(shop, 'test', 'a test');
  const limits = () => ({ text: `SELECT current_setting('statement_timeout') AS "limit"`, values: [] });
  const longer = await unitOfWork(ctx, (tx) => queryAll(tx, { ...limits(), timeoutMs: 240_000 }));
  expect(longer).toEqual([{ limit: '4min' }]);
  expect(await unitOfWork(ctx, (tx) => queryAll(tx, limits()))).toEqual([{ limit: '1s' }]);
  // Longer than the server and the driver would wait for any other statement.
  const slow = { text: 'SELECT pg_sleep(2.2) IS NOT NULL AS slept', values: [], timeoutMs: 10_000 };
  expect(await unitOfWork(ctx, (tx) => queryAll(tx, slow))).toEqual([{ slept: true }]);
});

test('names a bounded number of statements, and each by one name', () => {
  const names = new PreparedNames(500);
  const given = Array.from({ length: 600 }, (_, shape) => names.of(`SELECT ${shape}`));
  expect(new Set(given.slice(0, 500)).size).toBe(500);
  expect(given.slice(500)).toEqual(Array(100).fill(null));
  expect(names.of('SELECT 0')).toBe(given[0]);
});
