import type { TxContext } from '../context/context';
import { queryAll } from '../database/sql/statement';
import { flag, object, optional } from '../schema/schema';
import { defineQueue, type Queue } from './queue';
import { send } from './send';

interface Run {
  /** Whether it does what is due and looks no further. */
  readonly once?: boolean;
}

interface TimedQueueOptions {
  readonly name: string;
  readonly reason: string;
  /** The table and the column of the time at which a row is due, and the condition of those that are still to come. */
  readonly table: string;
  readonly column: string;
  readonly condition?: string;
  /** Does what is due, at most this many rows, and returns how many they were. */
  settle(tx: TxContext, most: number): Promise<number>;
}

/** A queue whose jobs run at the times that rows hold. */
export interface TimedQueue {
  readonly queue: Queue<Run>;
  /** Sends the jobs of those times that come before the job of the next minute looks ahead. */
  sendSoon(tx: TxContext, times: readonly Date[]): Promise<void>;
}

/** The most rows of a run, which takes a second or two. */
const MAX_ROWS = 1_000;
/** How far the job of each minute looks ahead, and how many times it sends a job for. */
const AHEAD_SECONDS = 60;
const MAX_TIMES = 120;

/**
 * Declares a queue that works at the second at which rows are due, once over all processes: a job of each minute does what is due, also what
 * was missed or written by psql, and sends a job for each time of the minute to come.
 */
export function defineTimedQueue({ name, reason, settle, ...rows }: TimedQueueOptions): TimedQueue {
  const queue: Queue<Run> = defineQueue({
    name,
    reason,
    data: object({ once: optional(flag()) }) as unknown as Queue<Run>['data'],
    schedule: '* * * * *',
    transaction: 'managed',
    work: async (tx, { data }) => {
      const settled = await settle(tx, MAX_ROWS);
      if (settled === MAX_ROWS) await send(tx, queue, { once: true });
      if (!data.once) await sendAt(tx, queue, await timesAhead(tx, rows));
    },
  });
  return {
    queue,
    sendSoon: (tx, times) => {
      const latest = Date.now() + 2 * AHEAD_SECONDS * 1_000;
      return sendAt(
        tx,
        queue,
        times.filter((time) => time.getTime() <= latest),
      );
    },
  };
}

async function sendAt(tx: TxContext, queue: Queue<Run>, times: readonly Date[]): Promise<void> {
  for (const startAfter of times) await send(tx, queue, { once: true }, { startAfter });
}

async function timesAhead(tx: TxContext, { table, column, condition = 'true' }: Pick<TimedQueueOptions, 'table' | 'column' | 'condition'>) {
  const text = `SELECT DISTINCT ${column} AS at FROM ${table}
    WHERE ${column} > clock_timestamp() AND ${column} <= clock_timestamp() + interval '${AHEAD_SECONDS} seconds' AND ${condition}
    ORDER BY 1 LIMIT ${MAX_TIMES}`;
  return (await queryAll<{ at: Date }>(tx, { text, values: [] })).map(({ at }) => at);
}
