import { v7 } from 'uuid';
import { systemContext } from '../../src/context/system-context';
import { closeClient, openClient } from '../../src/database/connection/open-client';
import { queryAll, withConnection } from '../../src/database/sql/statement';
import { unitOfWork } from '../../src/database/transaction/unit-of-work';
import { defineQueue, prepareQueues, type Queue, send, startWorker } from '../../src/jobs';
import { bossOn, databaseOn } from '../../src/jobs/boss';
import { JobLocks, lockNumber } from '../../src/jobs/worker/job-locks';
import { LostJobs } from '../../src/jobs/worker/lost-jobs';
import { runJob } from '../../src/jobs/worker/run-job';
import { queues } from '../../src/queues';
import { integer, object } from '../../src/schema/schema';
import { useShop } from '../support/use-shop';
import { runJobs } from './support/run-jobs';

const { shop } = useShop();

/* Adds a tag of the number in its data, and fails as often as `failures` says. */
const failures = new Map<number, number>();
const tagging: Queue<{ n: number }> = defineQueue({
  name: 'add-a-tag',
  reason: 'A test',
  data: object({ n: integer(0, 1_000) }),
  retryLimit: 1,
  retryDelaySeconds: 0,
  pollSeconds: 60,
  transaction: 'managed',
  work: async (tx, { data: { n } }) => {
    await queryAll(tx, { text: `INSERT INTO tags (id, name, slug) VALUES (uuid_v7(), $1, $1)`, values: [`tag-${n}`] });
    const left = failures.get(n) ?? 0;
    failures.set(n, left - 1);
    if (left > 0) throw new Error('secret of planted-person@example.com');
  },
});

const ctx = () => systemContext(shop, 'test', 'A test');
const sendTag = (n: number) => unitOfWork(ctx(), (tx) => send(tx, tagging, { n }));
const tags = async () => (await shop.query<{ name: string }>(`SELECT name FROM tags ORDER BY name`)).map(({ name }) => name);
const jobs = () =>
  shop.query<{ state: string; output: unknown }>(`SELECT state::text, output FROM pgboss.job WHERE name = 'add-a-tag' ORDER BY created_on`);

beforeAll(() => prepareQueues(shop.env.MIGRATION_DATABASE_URL, [...queues, tagging], { log: () => undefined, waitMs: 10_000 }));
beforeEach(async () => {
  failures.clear();
  await shop.query('DELETE FROM tags');
  await shop.query('DELETE FROM pgboss.job');
});

test('a job that is sent in a unit of work runs after it, and is recorded as the act of its queue', async () => {
  const id = await sendTag(1);
  expect(await tags()).toEqual([]);
  expect(await runJobs(shop, [tagging])).toEqual(['add-a-tag']);
  expect(await tags()).toEqual(['tag-1']);
  const entries = await shop.query(
    `SELECT actor, request_id, reason FROM audit_logs WHERE table_name = 'tags' AND new_values ->> 'name' = 'tag-1'`,
  );
  expect(entries).toEqual([{ actor: 'system:jobs:add-a-tag', request_id: id, reason: 'A test' }]);
  expect(await jobs()).toEqual([{ state: 'completed', output: {} }]);
});

test('a job of a unit of work that is rolled back does not exist', async () => {
  const failing = unitOfWork(ctx(), async (tx) => {
    await send(tx, tagging, { n: 1 });
    throw new Error('never mind');
  });
  await expect(failing).rejects.toThrow('never mind');
  expect(await jobs()).toEqual([]);
});

test('a failing job leaves nothing behind, is repeated, and is dead at the end, without a value in its record', async () => {
  failures.set(1, 1).set(2, 9);
  await sendTag(1);
  await sendTag(2);
  expect(await runJobs(shop, [tagging])).toHaveLength(2);
  expect(await tags()).toEqual([]);
  await shop.query('UPDATE pgboss.job SET start_after = created_on');
  expect(await runJobs(shop, [tagging])).toHaveLength(2);
  expect(await tags()).toEqual(['tag-1']);
  const [first, second] = await jobs();
  expect(first?.state).toBe('completed');
  expect(second).toMatchObject({ state: 'failed', output: { name: 'JobFailedError', message: 'Error' } });
  expect(JSON.stringify(second)).not.toContain('planted-person');
});

test('a job that another process has completed meanwhile is rolled back', async () => {
  const taken: Queue<{ n: number }> = {
    ...tagging,
    transaction: 'managed',
    work: async (tx, job) => {
      await tagging.work(tx, job);
      await shop.query(`UPDATE pgboss.job SET state = 'completed' WHERE id = '${job.id}'`);
    },
  } as Queue<{ n: number }>;
  await sendTag(1);
  await runJobs(shop, [taken]);
  expect(await tags()).toEqual([]);
});

test('refuses data that breaks the schema of the queue, and sends nothing', async () => {
  await expect(unitOfWork(ctx(), (tx) => send(tx, tagging, { n: -1 }))).rejects.toThrow('Invalid data of a job in add-a-tag: /n too_small');
  expect(await jobs()).toEqual([]);
});

test('a job that is fetched while the worker stops is put back', async () => {
  for (let round = 0; round < 5; round += 1) {
    const worker = startWorker(shop, [tagging]);
    await worker.started;
    await sendTag(round);
    // The wake of the commit has the worker fetch right now.
    await worker.stop(5_000);
    expect((await jobs()).filter(({ state }) => state === 'active')).toEqual([]);
  }
});

test('a worker runs a job as soon as it is committed, works off a backlog without a pause, and finishes what it does before it stops', async () => {
  // A statement of pg-boss that the application's role may not run would be no more than a line of the log.
  const warned = jest.spyOn(shop.log, 'warn');
  for (let n = 0; n < 5; n += 1) await sendTag(n);
  const worker = startWorker(shop, [tagging]);
  await worker.started;
  await sendTag(5);
  while ((await tags()).length < 6);
  for (let n = 6; n < 9; n += 1) {
    await sendTag(n);
    while ((await tags()).length <= n);
  }
  await sendTag(9);
  await worker.stop(5_000);
  expect(warned).not.toHaveBeenCalled();
  warned.mockRestore();
  expect((await jobs()).filter(({ state }) => state === 'active')).toEqual([]);
});

const boss = () => bossOn(databaseOn((work) => withConnection(shop.sequelize, work)));

async function fetchJob(n: number) {
  await sendTag(n);
  const [job] = await (await boss()).fetch<object>(tagging.name, { includeMetadata: true });
  if (!job) throw new Error('There is a job.');
  return job;
}

/* Of this database: other workers have theirs on the same server. */
const advisoryLocks = (isGranted: boolean) =>
  shop.query(
    `SELECT FROM pg_locks WHERE locktype = 'advisory' AND granted = $1 AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`,
    [isGranted],
  );
const isLocked = async () => (await advisoryLocks(true)).length > 0;

const endSessions = () =>
  shop.query(
    `SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE application_name = 'storekeeper-jobs' AND datname = current_database()`,
  );

test('a job whose process was killed is put back once its lock stays free, long before its time is over, and is run at once', async () => {
  await fetchJob(1);
  expect(await new LostJobs(shop, await boss(), [tagging]).look()).toEqual([]);
  expect(await runJobs(shop, [tagging])).toEqual([]);
  expect(await new LostJobs(shop, await boss(), [tagging], 0).look()).toEqual(['add-a-tag']);
  expect(await runJobs(shop, [tagging])).toEqual(['add-a-tag']);
  expect(await tags()).toEqual(['tag-1']);
});

test('a job whose process lives keeps its lock, also where the session of the locks breaks, and a run that is over gets none', async () => {
  const locks = new JobLocks(() => openClient(shop.env.DATABASE_URL, 'storekeeper-jobs'));
  const job = await fetchJob(1);
  const lock = await locks.take({ ...job, name: tagging.name });
  const lost = new LostJobs(shop, await boss(), [tagging], 0);
  expect(await lost.look()).toEqual([]);
  await endSessions();
  while (!(await isLocked()));
  expect(await lost.look()).toEqual([]);
  expect(lock?.lost.aborted).toBe(false);
  await lock?.release();
  expect(await lost.look()).toEqual(['add-a-tag']);
  await (await boss()).fetch(tagging.name);
  expect(await locks.take({ ...job, name: tagging.name })).toBeNull();
  expect(await isLocked()).toBe(false);
  await locks.close();
});

test('a run whose lock a process has that was held up takes it as soon as that one wakes', async () => {
  const job = await fetchJob(1);
  const sleeper = await openClient(shop.env.DATABASE_URL, 'held-up-process');
  await sleeper.query(`SELECT pg_advisory_lock(${lockNumber('$1')})`, [job.id]);
  const locks = new JobLocks(() => openClient(shop.env.DATABASE_URL, 'storekeeper-jobs'));
  const lock = await locks.take({ ...job, name: tagging.name });
  expect(lock?.lost.aborted).toBe(false);
  await closeClient(sleeper);
  while (!(await isLocked()));
  expect(await new LostJobs(shop, await boss(), [tagging], 0).look()).toEqual([]);
  await lock?.release();
  expect(await isLocked()).toBe(false);
  await locks.close();
});

test('a process that loses the lock of a job ends its run, and leaves the run of the process that has it alone', async () => {
  let isBegun = false;
  const failing = {
    ...tagging,
    transaction: 'managed',
    work: async (tx, job) => {
      isBegun = true;
      await new Promise((resolve) => job.signal.addEventListener('abort', resolve));
      await tagging.work(tx, job);
      throw new Error('The work stopped.');
    },
  } as Queue<{ n: number }>;
  const worker = startWorker(shop, [failing]);
  await worker.started;
  const id = await sendTag(1);
  while (!isBegun) await new Promise(setImmediate);
  const other = await openClient(shop.env.DATABASE_URL, 'other-process');
  const taken = other.query(`SELECT pg_advisory_lock(${lockNumber('$1')})`, [id]);
  while ((await advisoryLocks(false)).length === 0);
  await endSessions();
  await taken;
  await worker.stop(5_000);
  expect(await jobs()).toMatchObject([{ state: 'active' }]);
  expect(await tags()).toEqual([]);
  await closeClient(other);
});

test('two runs of one job at once have one effect', async () => {
  let begun = 0;
  let goOn: () => void = () => undefined;
  const both = new Promise<void>((resolve) => {
    goOn = resolve;
  });
  const twice = {
    ...tagging,
    transaction: 'managed',
    work: async (tx) => {
      await queryAll(tx, { text: 'INSERT INTO tags (id, name, slug) VALUES ($1::uuid, $1, $1)', values: [v7()] });
      begun += 1;
      if (begun === 2) goOn();
      await both;
    },
  } as Queue<{ n: number }>;
  const job = await fetchJob(1);
  const run = async () => runJob(shop, await boss(), twice as Queue, job, AbortSignal.timeout(30_000));
  const outcomes = await Promise.allSettled([run(), run()]);
  expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  expect(await tags()).toHaveLength(1);
  expect(await jobs()).toMatchObject([{ state: 'completed' }]);
});
