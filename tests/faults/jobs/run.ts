import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Client } from 'pg';
import type { Sequelize } from 'sequelize';
import { loadEnv } from '../../../config/env';
import { systemContext } from '../../../src/context/system-context';
import { connect } from '../../../src/database/connection/connection';
import { unitOfWork } from '../../../src/database/transaction/unit-of-work';
import { startEmbeddedServer } from '../../../src/embedded-postgres';
import { prepareQueues, type Queue, send } from '../../../src/jobs';
import { createLogger } from '../../../src/logging/logger';
import { migrate } from '../../../src/migrator/migrate';
import { ProjectProcess } from '../../startup/support/project-process';
import { chain, faultQueues, minutely, RUNS, slowOfFive, slowOfThirty } from './fault-queues';

const SETTINGS = { NODE_ENV: 'test', LOG_LEVEL: 'warn', JWT_SECRET: 'nOr/SuuisSsEJk0n1/ij4fUUmcLk0rWNvgqsk+e/Z9KN69ZI' };
const CHAINS = 10;
const SLICES = 99;
const KILLS = 20;
const RETAKES = 5;
const RETAKEN_WITHIN_S = 6;

/** Runs `npm run test:jobs`: two processes that run jobs, killed at random, and what each job left behind. */
async function run(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'storekeeper-jobs-'));
  const server = await startEmbeddedServer({ dataDir: folder, log: () => undefined });
  const client = new Client({ connectionString: server.url });
  const env = loadEnv({ ...SETTINGS, DATABASE_URL: server.url });
  const sequelize = connect(env);
  const workers: ProjectProcess[] = [];
  const start = async () => {
    const worker = new ProjectProcess({ ...SETTINGS, DATABASE_URL: server.url }, [
      '--require',
      'tsx/cjs',
      'tests/faults/jobs/job-process.ts',
    ]);
    workers.push(worker);
    await worker.until('runs jobs');
    return worker;
  };
  try {
    await migrate(server.url, { log: () => undefined, waitMs: 60_000 });
    await prepareQueues(server.url, faultQueues, { log: () => undefined, waitMs: 60_000 });
    await client.connect();
    await client.query(RUNS);
    const pair = await Promise.all([start(), start()]);
    const startedAt = Date.now();
    for (const queue of [slowOfFive, slowOfThirty]) await retake(queue, { client, sequelize, env, pair, start });
    await keptWithoutSession({ client, sequelize, env, pair, start });
    await takenFromPaused({ client, sequelize, env, pair, start });
    await killedChains({ client, sequelize, env, pair, start });
    await stopped({ client, sequelize, env, pair, start });
    await delay(Math.max(0, 130_000 - (Date.now() - startedAt)));
    await onceAMinute(client);
  } finally {
    for (const worker of workers) if (worker.child.exitCode === null) worker.child.kill('SIGKILL');
    await client.end();
    await sequelize.close();
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

interface Ground {
  readonly client: Client;
  readonly sequelize: Sequelize;
  readonly env: ReturnType<typeof loadEnv>;
  /** The processes that run. */
  readonly pair: ProjectProcess[];
  start(): Promise<ProjectProcess>;
}

const sendFrom = <T extends object>({ env, sequelize }: Ground, queue: Queue<T>, data: T) =>
  unitOfWork(systemContext({ env, log: createLogger(env), sequelize }, 'faults', 'A run of faults'), (tx) => send(tx, queue, data));

/* Whatever the time limit of the job. */
async function retake(queue: Queue<{ ms: number }>, ground: Ground): Promise<void> {
  const { client, pair } = ground;
  const seconds: number[] = [];
  for (let kill = 0; kill < RETAKES; kill += 1) {
    await client.query(`DELETE FROM job_runs WHERE kind LIKE 'slow%'`);
    await sendFrom(ground, queue, { ms: 2_000 });
    const [first] = await until(() => runsThat(client, `${queue.name} begins`, 1));
    const index = pair.findIndex(({ child }) => child.pid === first?.pid);
    pair[index]?.child.kill('SIGKILL');
    const killedAt = performance.now();
    await until(() => runsThat(client, `${queue.name} begins`, 2));
    seconds.push((performance.now() - killedAt) / 1_000);
    pair[index] = await ground.start();
    await until(() => runsThat(client, `${queue.name} ends`, 1));
  }
  print(`${queue.name}: retaken ${seconds.map((one) => one.toFixed(1)).join(', ')} s after kill -9`);
  if (Math.max(...seconds) > RETAKEN_WITHIN_S) fail(`a job was retaken after more than ${RETAKEN_WITHIN_S} seconds`);
}

/* The sessions with the locks end, the processes do not. */
async function keptWithoutSession(ground: Ground): Promise<void> {
  const { client } = ground;
  await client.query(`DELETE FROM job_runs WHERE kind LIKE 'slow%'`);
  await sendFrom(ground, slowOfThirty, { ms: 8_000 });
  await until(() => runsThat(client, 'slow-of-thirty begins', 1));
  for (let time = 0; time < 3; time += 1) {
    await client.query(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'storekeeper-jobs'`);
    await delay(1_000);
  }
  await until(() => runsThat(client, 'slow-of-thirty ends', 1));
  const begun = (await client.query(`SELECT 1 FROM job_runs WHERE kind = 'slow-of-thirty begins'`)).rowCount;
  print(`The sessions with the locks ended three times during a job of 8 s: it ran ${begun === 1 ? 'once' : `${begun} times`}`);
  if (begun !== 1) fail('a job whose process lives was retaken');
}

/* A process that hangs loses its job when the time is over, and what it does when it wakes changes nothing. */
async function takenFromPaused(ground: Ground): Promise<void> {
  const { client, pair } = ground;
  await client.query(`DELETE FROM job_runs WHERE kind LIKE 'slow%'`);
  const id = await sendFrom(ground, slowOfFive, { ms: 3_000 });
  const [first] = await until(() => runsThat(client, 'slow-of-five begins', 1));
  const paused = pair.find(({ child }) => child.pid === first?.pid)?.child;
  paused?.kill('SIGSTOP');
  const pausedAt = performance.now();
  await until(() => runsThat(client, 'slow-of-five begins', 2));
  const seconds = (performance.now() - pausedAt) / 1_000;
  paused?.kill('SIGCONT');
  await until(() => runsThat(client, 'slow-of-five ends', 2));
  await delay(2_000);
  const { rows } = await client.query(
    `SELECT state::text, retry_count, (SELECT count(*)::int FROM job_runs WHERE kind = 'slow-of-five begins') AS runs FROM pgboss.job WHERE id = $1`,
    [id],
  );
  print(`A process stopped by SIGSTOP lost its job of five seconds after ${seconds.toFixed(1)} s, and woke: ${JSON.stringify(rows[0])}`);
  if (rows[0]?.state !== 'completed' || rows[0].runs !== 2) fail('a process that woke disturbed the run of another');
}

async function runsThat(client: Client, kind: string, count: number): Promise<readonly { pid: number }[] | undefined> {
  const { rows } = await client.query<{ pid: number }>('SELECT pid FROM job_runs WHERE kind = $1 ORDER BY at', [kind]);
  return rows.length >= count ? rows : undefined;
}

async function killedChains(ground: Ground): Promise<void> {
  const { client, pair } = ground;
  const startedAt = performance.now();
  for (let n = 1; n <= CHAINS; n += 1) await sendFrom(ground, chain, { n: n * 100 + SLICES });
  for (let kill = 0; kill < KILLS; kill += 1) {
    await delay(200 + Math.random() * 600);
    if (kill === KILLS / 2)
      await client.query('SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND usename = current_user');
    const index = kill % 2;
    await pair[index]?.stop('SIGKILL');
    pair[index] = await ground.start();
  }
  await until(
    async () => (await client.query(`SELECT 1 FROM job_runs WHERE kind = 'chain' AND n % 100 = 0`)).rowCount === CHAINS || undefined,
    120_000,
  );
  const { rows } = await client.query<{ runs: number; different: number; retries: number }>(
    `SELECT count(*)::int AS runs, count(DISTINCT n)::int AS different,
       (SELECT sum(retry_count)::int FROM pgboss.job WHERE name = 'chain-of-slices') AS retries FROM job_runs WHERE kind = 'chain'`,
  );
  const expected = CHAINS * (SLICES + 1);
  print(
    `${expected} slices of ${CHAINS} chains through ${KILLS} kill -9 and all sessions ended once: ${JSON.stringify(rows[0])}, in ${((performance.now() - startedAt) / 1_000).toFixed(0)} s`,
  );
  if (rows[0]?.runs !== expected || rows[0].different !== expected) fail('a slice had no effect, or more than one');
}

async function stopped(ground: Ground): Promise<void> {
  const { client, pair } = ground;
  await client.query(`DELETE FROM job_runs WHERE kind LIKE 'slow%'`);
  await sendFrom(ground, slowOfThirty, { ms: 1_500 });
  const first = await until(async () => (await client.query<{ pid: number }>(`SELECT pid FROM job_runs WHERE kind LIKE 'slow%'`)).rows[0]);
  const index = pair.findIndex(({ child }) => child.pid === first.pid);
  const startedAt = performance.now();
  const ended = await pair[index]?.stop('SIGTERM');
  const { rowCount } = await client.query(`SELECT 1 FROM job_runs WHERE kind = 'slow-of-thirty ends'`);
  print(
    `SIGTERM during a job of 1.5 s: exit code ${ended?.code} after ${((performance.now() - startedAt) / 1_000).toFixed(1)} s, the job ${rowCount === 1 ? 'had ended' : 'had NOT ended'}`,
  );
  if (rowCount !== 1 || ended?.code !== 0) fail('the job in flight was not finished');
  pair[index] = await ground.start();
}

async function onceAMinute(client: Client): Promise<void> {
  // One that has just come due is found at the next poll.
  await until(async () => (await client.query(UNFINISHED, [minutely.name])).rowCount === 0 || undefined);
  const { rows } = await client.query<{ jobs: number; minutes: number; runs: number }>(
    `SELECT count(*)::int AS jobs, count(DISTINCT date_trunc('minute', created_on))::int AS minutes,
       (SELECT count(*)::int FROM job_runs WHERE kind = 'minute') AS runs FROM pgboss.job WHERE name = '${minutely.name}'`,
  );
  print(`A schedule of every minute, two processes: ${JSON.stringify(rows[0])}`);
  if (rows[0]?.runs !== rows[0]?.jobs) fail('a scheduled job ran twice, or not at all');
}

const UNFINISHED = `SELECT 1 FROM pgboss.job WHERE name = $1 AND state < 'completed'`;

async function until<T>(find: () => Promise<T | undefined>, withinMs = 60_000): Promise<T> {
  const end = performance.now() + withinMs;
  for (;;) {
    const found = await find();
    if (found !== undefined) return found;
    if (performance.now() > end) throw new Error(`It did not happen within ${withinMs} ms.`);
    await delay(50);
  }
}

function fail(breach: string): void {
  print(`BREACH: ${breach}`);
  process.exitCode = 1;
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

run().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
  process.exitCode = 1;
});
