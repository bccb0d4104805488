import type { QueryResultRow } from 'pg';
import type { Ctx } from '../../../src/context/context';
import { systemContext } from '../../../src/context/system-context';
import { BatchedCommand } from '../../../src/database/batching/batched-command';
import { queryInShare } from '../../../src/database/pool/query-in-share';
import { acquireInTime } from '../../../src/database/pool/waits/acquire-in-time';
import { withConnection } from '../../../src/database/sql/statement';
import { unitOfWork } from '../../../src/database/transaction/unit-of-work';
import { recordStatements } from '../../support/query-recorder';
import { useShop } from '../../support/use-shop';

const WAIT_MS = 300;
const { shop } = useShop({}, { DB_POOL_MAX: '1', DB_POOL_ACQUIRE_TIMEOUT_MS: String(WAIT_MS) });

const refusedWith = (code: string) => expect.objectContaining({ type: expect.objectContaining({ code }) });
const ONE = { text: 'SELECT 1 AS of_a_client_that_left', values: [] };
const asking = (client: AbortController) =>
  queryInShare<QueryResultRow>({ ...shop, hangUpSignal: () => client.signal } as unknown as Ctx, 'list', ONE);

/** Keeps the only connection until the work is over. */
const whileHeld = (work: () => Promise<void>) => withConnection(shop.sequelize, work);

test('lets a client that hangs up leave the wait for a connection and for its share, and sends none of its statements', async () => {
  const statements = await recordStatements(async () => {
    await whileHeld(async () => {
      // The first waits for the connection, the second for the share.
      const clients = [new AbortController(), new AbortController()];
      const reads = Promise.allSettled(clients.map(asking));
      for (const client of clients) client.abort();
      expect(await reads).toEqual(clients.map(() => ({ status: 'rejected', reason: refusedWith('unavailable') })));
    });
    expect(await asking(new AbortController())).toEqual([{ of_a_client_that_left: 1 }]);
  });
  expect(statements.filter((text) => text === ONE.text)).toHaveLength(1);
});

test('refuses a read and a unit of work at the deadline while the only connection is held, and does nothing later', async () => {
  const ctx = systemContext(shop, 'test', 'a test');
  const work = jest.fn(async () => 'done');
  await whileHeld(async () => {
    await expect(asking(new AbortController())).rejects.toEqual(refusedWith('busy'));
    await expect(unitOfWork(ctx, work)).rejects.toEqual(refusedWith('busy'));
  });
  expect(work).not.toHaveBeenCalled();
  expect(await unitOfWork(ctx, work)).toBe('done');
});

test('repeats a batched write within one deadline', async () => {
  await shop.query(`CREATE FUNCTION lose_race() RETURNS text LANGUAGE plpgsql AS '
    BEGIN PERFORM pg_sleep(${WAIT_MS / 1_000}); RAISE ''lost'' USING ERRCODE = ''40001''; END'`);
  const statementOf = jest.fn(() => ({ text: 'SELECT lose_race() AS id, true AS is_decided', values: [] }));
  for (const BATCHING of ['on', 'off'] as const) {
    statementOf.mockClear();
    const ctx = systemContext({ ...shop, env: { ...shop.env, BATCHING } }, 'test', 'a test');
    const command = new BatchedCommand(statementOf);
    await expect(command.run(ctx, { id: 'one', rows: ['one'], variables: {} })).rejects.toEqual(refusedWith('busy'));
    expect(statementOf).toHaveBeenCalledTimes(1);
  }
});

test('asks for nothing once the deadline has passed', async () => {
  const acquire = jest.fn(async () => 'it');
  const wait = { deadline: performance.now() };
  await expect(acquireInTime(wait, acquire, () => undefined)).rejects.toEqual(refusedWith('busy'));
  expect(acquire).not.toHaveBeenCalled();
});

test('gives back what is acquired late, and hides that nothing was', async () => {
  const late: string[] = [];
  const wait = () => ({ deadline: performance.now() + 5 });
  let acquired: (value: string) => void = () => undefined;
  const acquiring = acquireInTime(
    wait(),
    () => new Promise<string>((resolve) => (acquired = resolve)),
    (value) => late.push(value),
  );
  await expect(acquiring).rejects.toEqual(refusedWith('busy'));
  acquired('too late');
  let fail: (error: Error) => void = () => undefined;
  const failing = acquireInTime(
    wait(),
    () => new Promise<string>((_, reject) => (fail = reject)),
    (value) => late.push(value),
  );
  await expect(failing).rejects.toEqual(refusedWith('busy'));
  fail(new Error('nothing'));
  await new Promise(setImmediate);
  expect(late).toEqual(['too late']);
});
