import { systemContext } from '../../../src/context/system-context';
import { queryOne } from '../../../src/database/sql/statement';
import { unitOfWork } from '../../../src/database/transaction/unit-of-work';
import { problemFromDatabase } from '../../../src/http/errors/problem-from-database';
import { useShop } from '../../support/use-shop';

const { shop } = useShop({}, { IDLE_IN_TRANSACTION_TIMEOUT_MS: '100' });

test.each(['work', 'commit'])('answers 503 where PostgreSQL ends a transaction that was idle too long before its %s', async (next) => {
  const ctx = systemContext(shop, 'test', 'a test');
  const idle = unitOfWork(ctx, async (tx) => {
    const backend = await queryOne<{ pid: number }>(tx, { text: 'SELECT pg_backend_pid() AS pid', values: [] });
    while ((await shop.query('SELECT FROM pg_stat_activity WHERE pid = $1', [backend?.pid])).length > 0);
    if (next === 'work') await queryOne(tx, { text: 'SELECT 1 AS one', values: [] });
  });
  const error = await idle.catch((thrown: unknown) => thrown);
  expect(problemFromDatabase(error, 'PATCH', {})?.type).toMatchObject({ status: 503, code: 'unavailable' });
  expect(await unitOfWork(ctx, async (tx) => queryOne(tx, { text: 'SELECT 1 AS one', values: [] }))).toEqual({ one: 1 });
});

test('answers 503 where the shop has not read yet that PostgreSQL has ended the transaction, and commits nothing', async () => {
  const ctx = systemContext(shop, 'test', 'a test');
  const idle = unitOfWork(ctx, async (tx) => {
    const backend = await queryOne<{ pid: number }>(tx, { text: 'SELECT pg_backend_pid() AS pid', values: [] });
    // Without a pause in which the driver could read.
    while (isAlive(Number(backend?.pid)));
  });
  const error = await idle.catch((thrown: unknown) => thrown);
  expect(problemFromDatabase(error, 'PATCH', {})?.type).toMatchObject({ status: 503, code: 'unavailable' });
  expect(await unitOfWork(ctx, async (tx) => queryOne(tx, { text: 'SELECT 1 AS one', values: [] }))).toEqual({ one: 1 });
});

/* Another user's process may not be signalled. */
function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
