import { setTimeout as delay } from 'node:timers/promises';
import type { Ctx } from '../../../src/context/context';
import { queryAll } from '../../../src/database/sql/statement';
import { defineQueue, type Queue, send } from '../../../src/jobs';
import { integer, object } from '../../../src/schema/schema';

/** The table in which each run leaves a row. */
export const RUNS =
  'CREATE TABLE job_runs (kind text NOT NULL, n int NOT NULL, pid int NOT NULL, at timestamptz NOT NULL DEFAULT clock_timestamp())';

const recordRun = (ctx: Ctx, kind: string, n: number) =>
  queryAll(ctx, { text: 'INSERT INTO job_runs (kind, n, pid) VALUES ($1, $2, $3)', values: [kind, n, process.pid] });

/** A chain of slices: each leaves a row and sends the next, down to zero. */
export const chain: Queue<{ n: number }> = defineQueue({
  name: 'chain-of-slices',
  reason: 'A run of faults',
  data: object({ n: integer(0, 10_000) }),
  expireInSeconds: 3,
  retryLimit: 100,
  retryDelaySeconds: 1,
  pollSeconds: 0.5,
  concurrency: 2,
  transaction: 'managed',
  work: async (tx, { data: { n } }) => {
    await recordRun(tx, 'chain', n);
    await delay(20);
    if (n % 100 !== 0) await send(tx, chain, { n: n - 1 });
  },
});

/** Works for so many milliseconds, and leaves a row as it begins and ends. */
const slow = (name: string, expireInSeconds: number): Queue<{ ms: number }> =>
  defineQueue({
    name,
    reason: 'A run of faults',
    data: object({ ms: integer(0, 600_000) }),
    expireInSeconds,
    transaction: 'none',
    work: async (ctx, { data: { ms } }) => {
      await recordRun(ctx, `${name} begins`, 0);
      await delay(ms);
      await recordRun(ctx, `${name} ends`, 0);
    },
  });

export const slowOfFive = slow('slow-of-five', 5);
export const slowOfThirty = slow('slow-of-thirty', 30);

/** Comes due every minute. */
export const minutely: Queue<object> = defineQueue({
  name: 'every-minute',
  reason: 'A run of faults',
  data: object({}),
  schedule: '* * * * *',
  transaction: 'managed',
  work: async (tx) => void (await recordRun(tx, 'minute', 0)),
});

export const faultQueues: readonly Queue[] = [chain, slowOfFive, slowOfThirty, minutely] as readonly Queue[];
