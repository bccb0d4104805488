import { createHash } from 'node:crypto';
import type { Client } from 'pg';
import { version } from 'pg-boss/package.json';
import { closeClient, openClient } from '../database/connection/open-client';
import { type LockWait, withMigrationLock } from '../migrator/lock/migration-lock';
import { bossOn, databaseOn, JOBS_SCHEMA } from './boss';
import { type Queue, storedOptions } from './queue';

/* pg-boss's own queue of schedules that are due. */
const SCHEDULER = '__pgboss__send-it';

/* Every process looks at the jobs in work once a second; without it, each look reads all that wait. */
const ACTIVE_JOBS_INDEX = `CREATE INDEX IF NOT EXISTS job_active_idx ON ${JOBS_SCHEMA}.job (name, id) WHERE state = 'active'`;

/**
 * Makes what jobs need in the database, as its owner: pg-boss's tables, a partition per queue, the schedules. Where nothing has changed it
 * costs one short connection; several processes may call it at once.
 */
export async function prepareQueues(url: string, queues: readonly Queue[], wait: LockWait): Promise<void> {
  const mark = markOf(queues);
  if ((await withClient(url, preparedMark)) === mark) return;
  await withMigrationLock(url, wait, () =>
    withClient(url, async (client) => {
      if ((await preparedMark(client)) === mark) return;
      await prepare(client, queues);
      await client.query(`COMMENT ON SCHEMA ${JOBS_SCHEMA} IS '${mark}'`);
    }),
  );
}

async function prepare(client: Client, queues: readonly Queue[]): Promise<void> {
  const options = { migrate: true, schedule: false, supervise: false };
  const boss = await bossOn(
    databaseOn((work) => work(client)),
    options,
  );
  await boss.start();
  await client.query(ACTIVE_JOBS_INDEX);
  await boss.createQueue(SCHEDULER);
  // A queue must be there before another one leads to it.
  const inOrder = [...queues.filter(({ deadLetter }) => !deadLetter), ...queues.filter(({ deadLetter }) => deadLetter)];
  for (const queue of inOrder) {
    // pg-boss adds to the options that it is given.
    await boss.createQueue(queue.name, { ...storedOptions(queue), name: queue.name });
    await boss.updateQueue(queue.name, { ...storedOptions(queue), name: queue.name });
  }
  for (const { name, schedule } of queues) if (schedule !== undefined) await boss.schedule(name, schedule, {});
  const wanted = new Set(queues.flatMap(({ name, schedule }) => (schedule === undefined ? [] : [name])));
  for (const { name } of await boss.getSchedules()) if (!wanted.has(name)) await boss.unschedule(name);
}

/* What was prepared last is noted in a comment, so that a start reads one value. */
function markOf(queues: readonly Queue[]): string {
  const state = [version, ACTIVE_JOBS_INDEX, ...queues.map((queue) => [queue.name, queue.schedule ?? null, storedOptions(queue)])];
  return `Queues of Storekeeper, ${createHash('sha256').update(JSON.stringify(state)).digest('hex').slice(0, 16)}`;
}

async function preparedMark(client: Client): Promise<string | null> {
  const { rows } = await client.query<{ mark: string | null }>(
    `SELECT obj_description(to_regnamespace('${JOBS_SCHEMA}'), 'pg_namespace') AS mark`,
  );
  return rows[0]?.mark ?? null;
}

async function withClient<T>(url: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = await openClient(url, 'storekeeper-jobs');
  try {
    return await work(client);
  } finally {
    await closeClient(client);
  }
}
